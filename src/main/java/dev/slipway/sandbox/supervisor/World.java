package dev.slipway.sandbox.supervisor;

import dev.slipway.shop.http.Bearer;
import dev.slipway.shop.http.Json;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// The processes of the sandbox, by the names that people call them.
final class World implements AutoCloseable {
    private static final String VISITORS = "visitors";

    private final Home home;
    private final Home.Ports ports;
    private final Map<String, Child> children = new LinkedHashMap<>();
    private final Consumer<String> tell;

    /// @param launcher how a `slipway` command is started
    World(Home home, Home.Ports ports, Launcher launcher, Consumer<String> tell) {
        this.home = home;
        this.ports = ports;
        this.tell = tell;
        add(launcher, "legacy", 192, "sandbox", "legacy");
        add(launcher, "shop", 192, "shop");
        add(
                launcher,
                "backend",
                384,
                "serve",
                "--console-token-file",
                home.consoleToken().toString());
        add(launcher, "worker", 512, "worker");
        add(launcher, "traffic", 192, "sandbox", "traffic");
    }

    private void add(Launcher launcher, String name, int megabytes, String... command) {
        List<String> line = launcher.line(megabytes, List.of(command));
        children.put(name, new Child(name, line, new ChildLog(home.logs(), name), tell));
    }

    /// Starts all and waits until all serve. The visitors come last: they measure what legacy's
    /// pages cost when nothing else runs.
    ///
    /// @throws IllegalStateException if one does not start
    void start() throws InterruptedException {
        for (Child child : children.values()) {
            if (!child.name().equals("traffic") && !child.name().equals("worker")) {
                child.start();
            }
        }
        for (Child child : children.values()) {
            child.start();
            child.awaitReady();
            tell.accept(child.name() + " is ready (process " + child.pid() + ")");
        }
    }

    /// What the console must know, as JSON.
    String description() {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("url", url(ports.backend()));
        described.put("token-file", home.consoleToken().toString());
        described.put("shop", url(ports.shop()));
        described.put("shop-token-file", home.folder().resolve("shop").resolve("token").toString());
        described.put("legacy", url(ports.legacy()));
        described.put("edge", url(ports.edge()));
        described.put("edge-token-file", home.edgeToken().toString());
        described.put("home", home.folder().toString());
        Map<String, Long> pids = new LinkedHashMap<>();
        children.values().forEach(child -> pids.put(child.name(), child.pid()));
        described.put("pids", pids);
        return Json.text(described);
    }

    private static String url(int port) {
        return "http://127.0.0.1:" + port;
    }

    /// Does what one line of standard input says: `start`, `stop` or `kill` with a process's name,
    /// or `visitors` with requests per second.
    ///
    /// @return what became of it, for a person
    String command(String line) throws InterruptedException {
        String[] words = line.strip().split("\\s+", -1);
        if (words.length != 2) {
            return "unknown command: " + line.strip() + " (start|stop|kill NAME, visitors RATE)";
        }
        if (words[0].equals(VISITORS)) {
            return visitors(words[1]);
        }
        Child child = children.get(words[1]);
        if (child == null) {
            return "there is no process '"
                    + words[1]
                    + "'; there are "
                    + String.join(", ", children.keySet());
        }
        return switch (words[0]) {
            case "start" -> {
                child.start();
                child.awaitReady();
                yield child.name() + " is ready (process " + child.pid() + ")";
            }
            case "stop" -> {
                child.stop();
                yield child.name() + " has stopped";
            }
            case "kill" -> {
                child.kill();
                yield child.name() + " was killed";
            }
            default -> "unknown command: " + words[0];
        };
    }

    private String visitors(String rate) throws InterruptedException {
        if (!rate.matches("[0-9]{1,4}(\\.[0-9]+)?")) {
            return "visitors: '" + rate + "' is no rate";
        }
        var request =
                HttpRequest.newBuilder(URI.create(url(ports.edge()) + "/edge/v1/visitors"))
                        .timeout(Duration.ofSeconds(10))
                        .header("Authorization", "Bearer " + Bearer.token(home.edgeToken()))
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofString("{\"perSecond\":" + rate + "}"))
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            var response = http.send(request, BodyHandlers.ofString());
            return response.statusCode() == 200
                    ? "visitors come at " + rate + " requests per second"
                    : "visitors: the edge answered " + response.statusCode();
        } catch (IOException e) {
            return "visitors: the edge does not answer";
        }
    }

    /// Ends all, those first that talk to others.
    @Override
    public void close() {
        List<Child> all = new ArrayList<>(children.values()).reversed();
        List<Thread> ending =
                all.stream().map(child -> Thread.ofPlatform().start(child::stop)).toList();
        for (Thread thread : ending) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                all.forEach(Child::kill);
            }
        }
    }
}
