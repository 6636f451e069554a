package dev.slipway.backend.tasks.picture;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.access.Role;
import dev.slipway.api.tasks.Picture;
import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/// One picture sent over HTTP: good ones are made, hostile ones leave nothing behind.
@ParameterizedClass
@EnumSource(States.class)
class PictureUploadIT {
    private final States states;
    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir Path home;

    @SuppressWarnings("NullAway.Init")
    private RunningBackend backend;

    PictureUploadIT(States states) {
        this.states = states;
    }

    @BeforeEach
    void start() throws IOException {
        backend =
                new RunningBackend(
                        states,
                        home,
                        InstantSource.system(),
                        """
                        backend: {port: 0, heartbeat: 1}
                        worker: {threads-in-serve: 1}
                        pictures: {in: in, out: out, sizes: [list 100x100, page 400x300]}
                        """);
    }

    @AfterEach
    void stop() {
        backend.close();
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

    /// It passes the look at its outline, and the decoder finds the damage: the run says so.
    @Test
    void oneThatIsDamagedInsideIsRejectedByItsRun() throws Exception {
        byte[] damaged = Drawn.png(200, 150);
        // within the compressed pixels, with the checksum of the chunk left as it was
        damaged[damaged.length / 2] ^= 0x55;
        var sent = send("damaged.png", damaged, Role.OPERATOR, "k");
        if (sent.statusCode() == 422) {
            assertThat(sent.body()).contains("damaged");
        } else {
            JsonNode rejected = done(RunningBackend.json(sent)).get(0);
            assertThat(rejected.get("state").asText()).isEqualTo("REJECTED");
        }
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
