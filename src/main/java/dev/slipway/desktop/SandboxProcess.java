package dev.slipway.desktop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// The sandbox's world as a process of its own, which ends when this one does: it reads our
/// commands from a pipe, and the pipe's end is its end, also when we are killed.
final class SandboxProcess implements AutoCloseable {
    private static final String READY = "ready ";

    /// By name: the entry point knows this package, not the other way round.
    private static final String MAIN_CLASS = "dev.slipway.Slipway";

    private static final int SECONDS_TO_END = 20;

    private final Process process;
    private final BufferedWriter commands;
    private final CompletableFuture<JsonNode> up;

    private SandboxProcess(Process process, CompletableFuture<JsonNode> up) {
        this.process = process;
        this.up = up;
        this.commands = process.outputWriter();
    }

    /// Starts a world; it is up later.
    ///
    /// @param home where it keeps its databases and logs
    /// @param arguments further arguments of `slipway sandbox`
    /// @param heard told each line that the world says, on a thread of its own
    /// @param up given where the parts of the world serve, as it says itself once all of it serves:
    ///   `url`, `shop`, `legacy`, `edge`, `token-file`, `pids`; fails if it does not come up, with
    ///   its last words
    /// @throws IOException if there can be no such process
    static SandboxProcess start(
            Path home,
            List<String> arguments,
            Consumer<String> heard,
            CompletableFuture<JsonNode> up)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-classpath",
                                System.getProperty("java.class.path"),
                                MAIN_CLASS,
                                "sandbox",
                                "--with-parent",
                                "--home",
                                home.toString()));
        command.addAll(arguments);
        var world =
                new SandboxProcess(
                        new ProcessBuilder(command).redirectErrorStream(true).start(), up);
        Thread.ofPlatform().name("sandbox-output").daemon().start(() -> world.listen(home, heard));
        return world;
    }

    /// Gives the world a command, for example `stop backend` or `visitors 30`.
    synchronized void command(String line) {
        try {
            commands.write(line);
            commands.newLine();
            commands.flush();
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox has ended", e);
        }
    }

    /// Ends the world and waits for its end.
    @Override
    public void close() {
        try {
            commands.close();
        } catch (IOException e) {
            process.destroy(); // it has ended already, or soon will
        }
        if (!up.isDone()) {
            process.destroy(); // it listens to commands only once it is up
        }
        process.onExit()
                .orTimeout(SECONDS_TO_END, TimeUnit.SECONDS)
                .handle(
                        (_, late) -> {
                            if (late != null) {
                                process.destroyForcibly();
                            }
                            return null;
                        })
                .join();
    }

    private void listen(Path home, Consumer<String> heard) {
        String last = "";
        try (BufferedReader lines = process.inputReader()) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith(READY)) {
                    up.complete(new ObjectMapper().readTree(line.substring(READY.length())));
                } else {
                    last = line;
                    heard.accept(line);
                }
            }
        } catch (IOException e) {
            last = String.valueOf(e.getMessage());
        }
        up.completeExceptionally(
                new IOException(
                        "The sandbox did not start: " + last + " (its logs are in " + home + ")"));
    }
}
