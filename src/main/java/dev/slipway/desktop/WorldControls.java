package dev.slipway.desktop;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.console.settings.Sandbox;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/// What the console may do to the world that was started with it.
public final class WorldControls implements Sandbox {
    private final SandboxProcess world;
    private double suitable;

    public WorldControls(SandboxProcess world) {
        this.world = world;
    }

    @Override
    public void stopBackend() {
        world.command("kill backend");
    }

    @Override
    public void startBackend() {
        world.command("start backend");
    }

    @Override
    public synchronized void visitors(double factor) throws IOException, InterruptedException {
        if (suitable == 0) {
            suitable = rate();
        }
        world.command(String.format(Locale.ROOT, "visitors %.2f", suitable * factor));
    }

    /// Requests per second that come now; before anyone changed it, what the world found to suit
    /// the machine.
    private double rate() throws IOException, InterruptedException {
        String token = Files.readString(Path.of(world.world().path("edge-token-file").asText()));
        var request =
                HttpRequest.newBuilder(
                                URI.create(
                                        world.world().path("edge").asText() + "/edge/v1/visitors"))
                        .timeout(Duration.ofSeconds(10))
                        .header("Authorization", "Bearer " + token.strip())
                        .build();
        try (var http = HttpClient.newHttpClient()) {
            String answer = http.send(request, BodyHandlers.ofString()).body();
            return new ObjectMapper().readTree(answer).path("perSecond").asDouble();
        }
    }
}
