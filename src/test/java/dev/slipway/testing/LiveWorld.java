package dev.slipway.testing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The sandbox's shops, edge and visitors with a backend and a worker of production over them: all
/// processes of their own, with data that the sandbox made.
public final class LiveWorld implements AutoCloseable {
    public static final String ENVIRONMENT = "Holiday shop";

    private final Path home;
    private final List<SlipwayProcess> processes = new ArrayList<>();
    private final URI backend;
    private SlipwayProcess worker;

    private LiveWorld(Path home, int lines) throws IOException, InterruptedException {
        this.home = home;
        SlipwayProcess sandbox =
                start(
                        "sandbox",
                        "--home",
                        home.toString(),
                        "--lines",
                        String.valueOf(lines),
                        "--visitors-per-second",
                        "2");
        JsonNode world = new ObjectMapper().readTree(sandbox.awaitReady());
        sandbox.tell("stop worker");
        sandbox.tell("stop backend");
        Eventually.eventually(
                "the sandbox's own backend has stopped",
                () -> gone(world.at("/pids/backend")) && gone(world.at("/pids/worker")));
        configure();
        backend = URI.create(start("serve", "--home", home.toString()).awaitReady());
        worker = startWorker();
    }

    /// @param lines order lines of the legacy shop
    public static LiveWorld start(Path home, int lines) throws IOException, InterruptedException {
        return new LiveWorld(home, lines);
    }

    /// Jobs wait from now on.
    public void endWorker() throws InterruptedException {
        worker.kill();
    }

    public void beginWorker() throws IOException, InterruptedException {
        worker = startWorker();
    }

    private SlipwayProcess startWorker() throws IOException, InterruptedException {
        SlipwayProcess started = start("worker", "--home", home.toString());
        started.awaitReady();
        return started;
    }

    public URI backend() {
        return backend;
    }

    /// The password that the first start left for the administrator.
    public String adminSecret() throws IOException {
        return Files.readString(home.resolve("live").resolve("admin-secret")).strip();
    }

    /// The new shop's database, to be asked by SQL.
    public Path shop() {
        return home.resolve("shop").resolve("shop.sqlite");
    }

    /// The sandbox's configuration, made one of production with a state of its own.
    private void configure() throws IOException {
        Path file = home.resolve("slipway.yaml");
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        Files.writeString(
                file,
                Files.readString(file)
                        .replace("name: sandbox\n", "name: " + ENVIRONMENT + "\n")
                        .replace("production: false", "production: true")
                        .replaceFirst(
                                "port: \\d+\n  state: state", "port: " + port + "\n  state: live"));
    }

    private SlipwayProcess start(String... arguments) throws IOException {
        SlipwayProcess process = SlipwayProcess.start(arguments);
        processes.add(process);
        return process;
    }

    private static boolean gone(JsonNode pid) {
        return ProcessHandle.of(pid.asLong()).map(handle -> !handle.isAlive()).orElse(true);
    }

    @Override
    public void close() {
        processes.reversed().forEach(SlipwayProcess::close);
    }
}
