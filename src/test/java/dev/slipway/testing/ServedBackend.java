package dev.slipway.testing;

import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/// `slipway serve` in a process of its own on a port that it keeps, to be killed and started again.
public final class ServedBackend implements AutoCloseable {
    private final Path home;
    private final int port;
    private Process process;

    private ServedBackend(Path home, int port) throws IOException {
        this.home = home;
        this.port = port;
        this.process = launch();
    }

    public static ServedBackend start(Path home) throws IOException {
        return start(home, "");
    }

    /// @param more sections of the configuration besides `environment` and `backend`
    public static ServedBackend start(Path home, String more) throws IOException {
        return start(home, States.SQLITE, home.resolve("state"), more);
    }

    /// @param shared stands for the state that several share
    public static ServedBackend start(Path home, States states, Path shared, String more)
            throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        String configuration =
                """
                environment: {name: served, colour: "#8250df"}
                backend: {port: %d, heartbeat: 1}
                """
                        .formatted(free);
        Files.writeString(
                home.resolve("slipway.yaml"), states.configured(shared, configuration + more));
        return new ServedBackend(home, free);
    }

    public URI uri() {
        return URI.create("http://127.0.0.1:" + port);
    }

    /// The token that the backend wrote for its console.
    public String token() {
        try {
            return new ObjectMapper()
                    .readTree(Files.readAllBytes(tokenFile()))
                    .path("token")
                    .asText();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    public Path tokenFile() {
        return home.resolve("console-token.json");
    }

    /// `kill -9`
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /// Starts it again on what the killed one left.
    public void startAgain() throws IOException {
        process = launch();
    }

    private Process launch() throws IOException {
        Process started =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "dev.slipway.Slipway",
                                "serve",
                                "--with-parent",
                                "--home",
                                home.toString(),
                                "--console-token-file",
                                tokenFile().toString())
                        .redirectError(home.resolve("serve.log").toFile())
                        .start();
        BufferedReader lines = started.inputReader();
        String line = lines.readLine();
        if (line == null || !line.startsWith("ready ")) {
            started.destroyForcibly();
            throw new IOException(
                    "serve did not start: "
                            + line
                            + "\n"
                            + Files.readString(home.resolve("serve.log")));
        }
        return started;
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
