package dev.slipway.backend.tasks.picture;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.access.Role;
import dev.slipway.api.tasks.Picture;
import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// One picture sent over HTTP: good ones are made, hostile ones leave nothing behind.
@ParameterizedClass
@EnumSource(States.class)
class PictureUploadIT {
    private final HttpClient http = HttpClient.newHttpClient();

    private final Path home;
    @AutoClose private final RunningBackend backend;

    PictureUploadIT(States states, @TempDir Path home) throws IOException {
        this.home = home;
        backend = PictureBackend.start(states, home);
    }

    @Test
    void aGoodOneIsMadeAndItsSizesAreTold() throws Exception {
        byte[] picture = Drawn.jpeg(800, 600);
        String key = UUID.randomUUID().toString();
        var sent = send("Schuh 1.jpg", picture, Role.OPERATOR, key);
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
        // an answer that got lost is asked for again: it is the same run
        assertThat(send("Schuh 1.jpg", picture, Role.OPERATOR, key).body()).isEqualTo(sent.body());
        JsonNode made = done(RunningBackend.json(sent)).get(0);
        assertThat(made.get("name").asText()).isEqualTo("uploaded/Schuh 1.jpg");
        assertThat(made.get("state").asText()).isEqualTo("MADE");
        assertThat(made.get("bytes").asLong()).isEqualTo(picture.length);
        assertThat(Files.readAllBytes(home.resolve("in/uploaded/Schuh 1.jpg"))).isEqualTo(picture);
        for (int i = 0; i < 2; i++) {
            Path file = home.resolve("out").resolve(made.get("files").get(i).asText());
            assertThat(made.get("madeBytes").get(i).asLong()).isEqualTo(Files.size(file));
        }
        var again = send("Schuh 1.jpg", picture, Role.ONCALL, UUID.randomUUID().toString());
        assertThat(done(RunningBackend.json(again)).get(0).get("state").asText())
                .isEqualTo("KNOWN");

        var other = send("Schuh 1.jpg", Drawn.jpeg(300, 200), Role.OPERATOR, "other");
        assertThat(other.statusCode()).isEqualTo(409);
        assertThat(other.body()).contains("another picture of the name Schuh 1.jpg");
        assertThat(Files.readAllBytes(home.resolve("in/uploaded/Schuh 1.jpg"))).isEqualTo(picture);
        Files.delete(home.resolve("out").resolve(made.get("files").get(0).asText()));
        assertThat(pictures(RunningBackend.json(sent)).get(0).get("madeBytes")).isEmpty();
    }

    @Test
    void whatIsHostileTooLargeOrOddlyNamedIsRefusedAndNothingIsKept() throws Exception {
        byte[] good = Drawn.jpeg(80, 60);
        refused("bomb.png", Drawn.claims(50_000, 50_000), 422, "pixels");
        refused("cut.jpg", Arrays.copyOf(good, good.length / 2), 422, "truncated");
        refused("x.png", "<svg onload='x'/>".getBytes(StandardCharsets.UTF_8), 422, "programs");
        refused("a.png", good, 422, "its name says something else");
        refused("empty.jpg", new byte[0], 422, "empty");
        refused("huge.jpg", new byte[Picture.MOST_SENT + 1], 413, "at most 20000000 bytes");
        for (String name : List.of("../a.jpg", "a/b.jpg", ".a.jpg", "a.svg", "")) {
            refused(name, good, 422, "");
        }
        assertThat(send("a.jpg", good, Role.VIEWER, "v").statusCode()).isEqualTo(403);
        var json = backend.send("POST", "/api/v1/pictures", backend.token(Role.ADMIN), "{}");
        assertThat(json.statusCode()).isEqualTo(415);
        assertThat(files(home.resolve("in"))).isEmpty();
        assertThat(runs()).isEmpty();
    }

    /// Within the compressed pixels, with the checksum of the chunk left as it was: the look at its
    /// outline finds it.
    @Test
    void oneThatIsDamagedInsideIsNotTaken() throws Exception {
        byte[] damaged = Drawn.png(200, 150);
        damaged[damaged.length / 2] ^= 0x55;
        refused("damaged.png", damaged, 422, "It is damaged: a checksum in it does not fit.");
        var sent = send("damaged.png", damaged, Role.OPERATOR, "k");
        assertThat(RunningBackend.json(sent).get("title").asText()).isEqualTo("Not taken as it is");
        assertThat(files(home.resolve("in"))).isEmpty();
        assertThat(runs()).isEmpty();
    }

    /// Cut off and ended all the same: its outline is whole, and the decoder finds the damage.
    @Test
    void oneWhosePixelsAreDamagedIsRejectedByItsRun() throws Exception {
        byte[] whole = Drawn.jpeg(200, 150);
        byte[] damaged =
                Drawn.join(
                        Arrays.copyOf(whole, whole.length * 3 / 4),
                        new byte[] {0, (byte) 0xFF, (byte) 0xD9});
        var sent = send("damaged.jpg", damaged, Role.OPERATOR, "k");
        assertThat(sent.statusCode()).as(sent.body()).isEqualTo(202);
        JsonNode rejected = done(RunningBackend.json(sent)).get(0);
        assertThat(rejected.get("state").asText()).isEqualTo("REJECTED");
        assertThat(rejected.get("reason").asText()).contains("damaged");
        assertThat(rejected.get("files")).isEmpty();
    }

    /// Four are being sent and held in memory; a fifth is told so while they still are, and taken
    /// when they are done.
    @Test
    void noMoreThanFourAreTakenAtATime() throws Exception {
        byte[] picture = Drawn.jpeg(80, 60);
        List<Socket> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                slow.add(begun("slow-" + i + ".jpg", picture));
            }
            var refused = send("fifth.jpg", picture, Role.OPERATOR, "fifth");
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
            assertThat(refused.headers().firstValue("Retry-After")).contains("5");
            assertThat(refused.headers().firstValue("Content-Type"))
                    .contains("application/problem+json");
            assertThat(refused.body())
                    .contains("4 files are being sent")
                    .contains("This one was not looked at now; send it again");
            // a large one too hears it to its end
            var large = send("large.jpg", new byte[Picture.MOST_SENT], Role.OPERATOR, "large");
            assertThat(large.statusCode()).isEqualTo(503);
            // what is no file is not held up
            assertThat(runs()).isEmpty();
            assertThat(
                            backend.send(
                                            "POST",
                                            "/api/v1/picture-runs",
                                            backend.token(Role.OPERATOR),
                                            "{}")
                                    .statusCode())
                    .isNotEqualTo(503);
        } finally {
            for (Socket socket : slow) {
                socket.close();
            }
        }
        // with the same key: nothing was done under it
        eventually("a turn is free", () -> sent("fifth.jpg", picture, "fifth").statusCode() == 202);
        assertThat(files(home.resolve("in")))
                .containsExactly(home.resolve("in/uploaded/fifth.jpg"));
    }

    private HttpResponse<String> sent(String name, byte[] picture, String key) {
        try {
            return send(name, picture, Role.OPERATOR, key);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /// Sends all of a picture but its last byte; the server reads it when this returns.
    private Socket begun(String name, byte[] picture) throws IOException {
        var socket = new Socket("127.0.0.1", backend.uri("/").getPort());
        String head =
                "POST /api/v1/pictures?name=%s HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nIdempotency-Key: %s\r\nContent-Type: application/octet-stream\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n"
                        .formatted(name, backend.token(Role.OPERATOR), name, picture.length);
        socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
        var answers =
                new BufferedReader(
                        new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        assertThat(answers.readLine()).startsWith("HTTP/1.1 100");
        socket.getOutputStream().write(picture, 0, picture.length - 1);
        socket.getOutputStream().flush();
        return socket;
    }

    private void refused(String name, byte[] bytes, int status, String why) throws Exception {
        var answer = send(name, bytes, Role.OPERATOR, UUID.randomUUID().toString());
        assertThat(answer.statusCode()).as(name + answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .contains("application/problem+json");
        assertThat(answer.body()).contains(why);
    }

    private HttpResponse<String> send(String name, byte[] bytes, Role role, String key)
            throws Exception {
        String query = "?name=" + URLEncoder.encode(name, StandardCharsets.UTF_8);
        return http.send(
                HttpRequest.newBuilder(backend.uri("/api/v1/pictures" + query.replace("+", "%20")))
                        .header("Authorization", "Bearer " + backend.token(role))
                        .header("Idempotency-Key", key)
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(bytes))
                        .build(),
                BodyHandlers.ofString());
    }

    private JsonNode done(JsonNode run) {
        String path = "/api/v1/picture-runs/" + run.get("id").asText();
        eventually("done", () -> get(path).get("state").asText().equals("DONE"));
        assertThat(get(path).get("total").asInt()).isEqualTo(1);
        return pictures(run);
    }

    private JsonNode pictures(JsonNode run) {
        return get("/api/v1/picture-runs/" + run.get("id").asText() + "/pictures").get("items");
    }

    private JsonNode runs() {
        return get("/api/v1/picture-runs");
    }

    private JsonNode get(String path) {
        return RunningBackend.json(backend.get(path, backend.token(Role.VIEWER)));
    }

    private static List<Path> files(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(Files::isRegularFile).toList();
        }
    }
}
