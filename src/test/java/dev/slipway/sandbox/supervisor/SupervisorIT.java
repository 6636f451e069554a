package dev.slipway.sandbox.supervisor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.testing.Eventually;
import dev.slipway.testing.SlipwayProcess;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

class SupervisorIT {
    @TempDir Path home;

    private SlipwayProcess start() throws Exception {
        return SlipwayProcess.start(
                "sandbox",
                "--home",
                home.toString(),
                "--lines",
                "400",
                "--visitors-per-second",
                "2");
    }

    @Test
    void nothingIsLeftBehindWhenItIsKilled() throws Exception {
        try (SlipwayProcess sandbox = start()) {
            List<Long> pids = pids(ready(sandbox));
            assertThat(pids).hasSizeGreaterThanOrEqualTo(3).allMatch(SupervisorIT::alive);

            sandbox.kill();

            Eventually.eventually(
                    "no process of the world is left",
                    () -> pids.stream().noneMatch(SupervisorIT::alive));
        }
    }

    @Test
    void startsServesObeysAndEndsWithItsInput() throws Exception {
        try (SlipwayProcess sandbox = start()) {
            JsonNode world = ready(sandbox);
            List<Long> pids = pids(world);
            for (String part : List.of("shop", "legacy")) {
                assertThat(status(world.get(part).asText() + "/shop/v1/health")).isEqualTo(200);
            }
            assertThat(status(world.get("edge").asText() + "/shop/v1/vendors")).isEqualTo(200);
            assertThat(ownerOnly(Path.of(world.get("edge-token-file").asText()))).isTrue();
            assertThat(ownerOnly(Path.of(world.get("shop-token-file").asText()))).isTrue();

            sandbox.tell("kill shop");
            long shop = world.at("/pids/shop").asLong();
            Eventually.eventually("the shop was killed", () -> !alive(shop));
            sandbox.tell("start shop");
            Eventually.eventually(
                    "the shop is back at its place",
                    () -> status(world.get("shop").asText() + "/shop/v1/health") == 200);

            assertThat(sandbox.endInput()).isZero();
            assertThat(pids).noneMatch(SupervisorIT::alive);
            assertThat(Files.size(home.resolve("logs").resolve("legacy.log"))).isPositive();
        }
    }

    private static JsonNode ready(SlipwayProcess sandbox) throws Exception {
        return new ObjectMapper().readTree(sandbox.awaitReady());
    }

    private static List<Long> pids(JsonNode world) {
        List<Long> pids = new ArrayList<>();
        world.get("pids").forEach(pid -> pids.add(pid.asLong()));
        return pids;
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }

    private static boolean ownerOnly(Path file) throws Exception {
        return !file.getFileSystem().supportedFileAttributeViews().contains("posix")
                || PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                        .equals("rw-------");
    }

    /// The status of the answer; 0 if there is none.
    private static int status(String url) {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(
                            HttpRequest.newBuilder(URI.create(url)).build(),
                            BodyHandlers.discarding())
                    .statusCode();
        } catch (IOException | InterruptedException e) {
            return 0;
        }
    }
}
