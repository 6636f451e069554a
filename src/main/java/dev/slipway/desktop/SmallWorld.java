package dev.slipway.desktop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.console.settings.Connection;
import dev.slipway.console.settings.Sandbox;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// The living world that a newcomer's console opens on: processes of its own, and what the console
/// may do to them. It is started once the window is there: seven processes that start at once leave
/// little for an eighth.
public final class SmallWorld implements Sandbox, AutoCloseable {
    private final Path home;
    private final List<String> arguments;
    private final Connection connection;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final CompletableFuture<JsonNode> up = new CompletableFuture<>();
    private @Nullable SandboxProcess process;
    private double suitable;

    /// @param home where it keeps its databases and logs
    /// @param arguments further arguments of `slipway sandbox`
    /// @throws IOException if this machine has no free port
    public SmallWorld(Path home, List<String> arguments) throws IOException {
        int port = freePort();
        this.home = home;
        this.arguments = new ArrayList<>(arguments);
        this.arguments.addAll(List.of("--backend-port", Integer.toString(port)));
        this.connection =
                new Connection(
                        "sandbox",
                        URI.create("http://127.0.0.1:" + port),
                        home.resolve("console.token").toString());
        listeners.add(System.err::println);
    }

    @Override
    public Connection connection() {
        return connection;
    }

    @Override
    public synchronized CompletionStage<Void> start(Consumer<String> progress) {
        listeners.add(progress);
        if (process == null) {
            tell("A small world in " + home + " …");
            try {
                process = SandboxProcess.start(home, arguments, this::tell, up);
            } catch (IOException e) {
                up.completeExceptionally(e);
            }
        }
        return up.<Void>thenApply(_ -> null).whenComplete((_, _) -> listeners.remove(progress));
    }

    private void tell(String line) {
        listeners.forEach(listener -> listener.accept(line));
    }

    /// Where its parts serve: waits until it is up.
    ///
    /// @throws java.util.concurrent.CompletionException if it does not come up
    public JsonNode parts() {
        return up.join();
    }

    @Override
    public void stopBackend() {
        command("kill backend");
    }

    @Override
    public void startBackend() {
        command("start backend");
    }

    @Override
    public synchronized void visitors(double factor) throws IOException, InterruptedException {
        if (suitable == 0) {
            suitable = rate();
        }
        command(String.format(Locale.ROOT, "visitors %.2f", suitable * factor));
    }

    /// Ends it and waits for its end.
    @Override
    public synchronized void close() {
        if (process != null) {
            process.close();
        }
    }

    private synchronized void command(String line) {
        if (process == null || !up.isDone()) {
            throw new IllegalStateException("The small world is not up yet.");
        }
        process.command(line);
    }

    /// Requests per second that come now; before anyone changed it, what the world found to suit
    /// the machine.
    private double rate() throws IOException, InterruptedException {
        String token = Files.readString(Path.of(parts().path("edge-token-file").asText()));
        var request =
                HttpRequest.newBuilder(
                                URI.create(parts().path("edge").asText() + "/edge/v1/visitors"))
                        .timeout(Duration.ofSeconds(10))
                        .header("Authorization", "Bearer " + token.strip())
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            String answer = http.send(request, BodyHandlers.ofString()).body();
            return new ObjectMapper().readTree(answer).path("perSecond").asDouble();
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
