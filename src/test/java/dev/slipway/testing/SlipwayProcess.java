package dev.slipway.testing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/// A `slipway` command as a process of its own, which a test can kill for real.
public final class SlipwayProcess implements AutoCloseable {
    private static final int SECONDS_TO_START = 180;

    private final Process process;
    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

    private SlipwayProcess(Process process) {
        this.process = process;
        Thread.ofVirtual().start(() -> process.inputReader().lines().forEach(lines::add));
    }

    public static SlipwayProcess start(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "-classpath",
                        System.getProperty("java.class.path"),
                        "dev.slipway.Slipway"));
        command.addAll(List.of(arguments));
        return new SlipwayProcess(new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /// Waits for the ready line.
    ///
    /// @return what stands behind `ready`
    public String awaitReady() throws InterruptedException {
        List<String> before = new ArrayList<>();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_TO_START);
        while (System.nanoTime() < deadline) {
            String line = lines.poll(1, TimeUnit.SECONDS);
            if (line != null && line.startsWith("ready ")) {
                return line.substring("ready ".length());
            }
            if (line != null) {
                before.add(line);
            } else if (!process.isAlive()) {
                break;
            }
        }
        throw new AssertionError("not ready: " + before);
    }

    /// Ends the process as a power cut would.
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Writes a line to the process's standard input.
    public void tell(String line) throws IOException {
        var writer = process.outputWriter();
        writer.write(line);
        writer.newLine();
        writer.flush();
    }

    /// Ends the process's standard input.
    ///
    /// @return the exit code
    public int endInput() throws IOException, InterruptedException {
        process.outputWriter().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("did not end with its input");
        }
        return process.exitValue();
    }

    /// Asks the process to end, as a service manager does.
    ///
    /// @return the exit code
    public int terminate() throws InterruptedException {
        // SIGTERM alone, with its input left open
        process.toHandle().destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("did not end when it was asked to");
        }
        return process.exitValue();
    }

    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
