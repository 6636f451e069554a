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
import java.util.function.Consumer;

/// The sandbox's world as a process of its own, which ends when this one does: it reads our
/// commands from a pipe, and the pipe's end is its end, also when we are killed.
public final class SandboxProcess implements AutoCloseable {
    private static final String READY = "ready ";

    /// By name: the entry point knows this package, not the other way round.
    private static final String MAIN_CLASS = "dev.slipway.Slipway";

    private final Process process;
    private final BufferedWriter commands;
    private final JsonNode world;

    private SandboxProcess(Process process, JsonNode world) {
        this.process = process;
        this.commands = process.outputWriter();
        this.world = world;
    }

    /// Starts a world and waits until all of it serves.
    ///
    /// @param home where it keeps its databases and logs
    /// @param arguments further arguments of `slipway sandbox`
    /// @param progress told each line that the world says while it starts
    /// @throws IOException if it does not start; the message names its last words
    public static SandboxProcess start(Path home, List<String> arguments, Consumer<String> progress)
            throws IOException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "--enable-native-access=ALL-UNNAMED",
                                "-Xmx256m",
                                "-classpath",
                                System.getProperty("java.class.path"),
                                MAIN_CLASS,
                                "sandbox",
                                "--with-parent",
                                "--home",
                                home.toString()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String last = "";
        BufferedReader lines = process.inputReader();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith(READY)) {
                drain(lines, progress);
                return new SandboxProcess(
                        process, new ObjectMapper().readTree(line.substring(READY.length())));
            }
            last = line;
            progress.accept(line);
        }
        throw new IOException(
                "the sandbox did not start: " + last + " (its logs are in " + home + ")");
    }

    /// Where the parts of the world serve, as it said itself: `url`, `shop`, `legacy`, `edge`,
    /// `token-file`, `pids`.
    public JsonNode world() {
        return world;
    }

    /// Gives the world a command, for example `stop backend` or `visitors 30`.
    public synchronized void command(String line) {
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
        process.onExit()
                .orTimeout(20, java.util.concurrent.TimeUnit.SECONDS)
                .handle(
                        (_, late) -> {
                            if (late != null) {
                                process.destroyForcibly();
                            }
                            return null;
                        })
                .join();
    }

    private static void drain(BufferedReader lines, Consumer<String> progress) {
        Thread.ofPlatform()
                .name("sandbox-output")
                .daemon()
                .start(() -> lines.lines().forEach(progress));
    }
}
