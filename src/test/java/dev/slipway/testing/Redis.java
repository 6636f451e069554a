package dev.slipway.testing;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A real Redis of one test's own, on a free port, with nothing on disk: to be killed, stopped for
/// a while and started again. Debian: `redis-server`.
public final class Redis implements AutoCloseable {
    private final Path program;
    private final Path folder;
    private final int port;
    private final String[] arguments;
    private Process process;

    private Redis(Path program, Path folder, int port, String... arguments) {
        this.program = program;
        this.folder = folder;
        this.port = port;
        this.arguments = arguments;
        this.process = launch();
    }

    /// Starts one and waits until it answers.
    ///
    /// @param arguments of `redis-server`, for example `--maxmemory 4mb`
    /// @throws org.opentest4j.TestAbortedException if it is not installed
    public static Redis start(Path folder, String... arguments) {
        Path program =
                Program.find("redis-server")
                        .orElseThrow(() -> Missing.skip("no Redis: redis-server is not installed"));
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var redis = new Redis(program, folder, Program.freePorts(1)[0], arguments);
        redis.awaitReady();
        return redis;
    }

    private Process launch() {
        List<String> command = new ArrayList<>();
        command.addAll(
                List.of(
                        program.toString(),
                        "--port",
                        Integer.toString(port),
                        "--bind",
                        "127.0.0.1",
                        "--dir",
                        folder.toString(),
                        "--save",
                        "",
                        "--appendonly",
                        "no"));
        command.addAll(List.of(arguments));
        try {
            Process started =
                    new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(
                                    ProcessBuilder.Redirect.appendTo(
                                            folder.resolve("redis.log").toFile()))
                            .start();
            Runtime.getRuntime().addShutdownHook(new Thread(started::destroyForcibly));
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException("can't start " + program, e);
        }
    }

    private void awaitReady() {
        Eventually.eventually("Redis answers on port " + port, () -> answers() || !isAlive());
        if (!isAlive()) {
            throw new IllegalStateException("Redis ended: see " + folder.resolve("redis.log"));
        }
    }

    private boolean answers() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(1000);
            socket.getOutputStream()
                    .write("PING\r\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            // +PONG, or -NOAUTH where it wants a password
            return socket.getInputStream().read() > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean isAlive() {
        return process.isAlive();
    }

    public int port() {
        return port;
    }

    /// For example `redis://127.0.0.1:16379`.
    public String url() {
        return "redis://127.0.0.1:" + port;
    }

    /// Ends it as a power cut would: what it kept is gone.
    public void kill() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Starts it again on the same port, empty.
    public void startAgain() {
        process = launch();
        awaitReady();
    }

    /// It takes connections but answers nothing, as a machine does that swaps.
    public void freeze() {
        signal("-STOP");
    }

    public void thaw() {
        signal("-CONT");
    }

    private void signal(String signal) {
        @Nullable Process kill = null;
        try {
            kill = new ProcessBuilder("kill", signal, Long.toString(process.pid())).start();
            if (!kill.waitFor(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("can't signal Redis");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        kill();
    }
}
