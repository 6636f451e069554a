package dev.slipway.backend.tasks.picture;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.access.Role;
import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.store.EventLog;
import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageIO;

/// Runs over a folder in which good pictures and hostile files lie side by side, over HTTP, with
/// the worker in the server's process.
@ParameterizedClass
@EnumSource(States.class)
class PictureRunIT {
    private static final String RUNS = "/api/v1/picture-runs";

    private final States states;
    private final Path home;
    private final Path in;
    @AutoClose private final RunningBackend backend;

    PictureRunIT(States states, @TempDir Path home) throws IOException {
        this.states = states;
        this.home = home;
        in = Files.createDirectories(home.resolve("in/shoes"));
        backend = PictureBackend.start(states, home);
    }

    private JsonNode get(String path) {
        return RunningBackend.json(backend.get(path, backend.token(Role.VIEWER)));
    }

    private JsonNode run() {
        var started = backend.send("POST", RUNS, backend.token(Role.OPERATOR), "{\"reason\":\"\"}");
        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        String id = RunningBackend.json(started).get("id").asText();
        eventually(
                "done",
                () ->
                        !List.of("QUEUED", "RUNNING")
                                .contains(get(RUNS + "/" + id).get("state").asText()));
        return get(RUNS + "/" + id);
    }

    private List<String> names(JsonNode run, String state) {
        List<String> names = new ArrayList<>();
        get(RUNS + "/" + run.get("id").asText() + "/pictures?state=" + state)
                .get("items")
                .forEach(item -> names.add(item.get("name").asText()));
        return names;
    }

    @Test
    void hostileFilesAreRejectedAndTheOthersAreMade() throws Exception {
        Files.write(in.resolve("a.jpg"), Drawn.jpeg(800, 600));
        Files.write(in.resolve("b.png"), Drawn.png(800, 600));
        Files.write(in.resolve("same.jpg"), Drawn.jpeg(800, 600));
        Files.write(in.resolve("bomb.png"), Drawn.claims(50_000, 50_000));
        Files.write(in.resolve("empty.jpg"), new byte[0]);
        Files.writeString(in.resolve("x.svg"), "<svg/>");
        Files.write(in.resolve(".hidden.jpg"), Drawn.jpeg(10, 10));
        Files.createSymbolicLink(in.resolve("link.jpg"), in.resolve("a.jpg"));

        JsonNode run = run();
        assertThat(run.get("state").asText()).isEqualTo("DONE");
        assertThat(run.get("total").asInt()).isEqualTo(6);
        assertThat(names(run, "made")).containsExactly("shoes/a.jpg", "shoes/b.png");
        assertThat(names(run, "known")).containsExactly("shoes/same.jpg");
        assertThat(names(run, "rejected"))
                .containsExactly("shoes/bomb.png", "shoes/empty.jpg", "shoes/x.svg");
        assertThat(run.get("made").asInt()).isEqualTo(2);
        assertThat(run.get("rejected").asInt()).isEqualTo(3);

        JsonNode again = run();
        assertThat(again.get("made").asInt()).isZero();
        assertThat(again.get("known").asInt()).isEqualTo(3);
    }

    @Test
    void whatWasMadeCanBeLookedAtAndNothingElse() throws Exception {
        Files.write(in.resolve("a.jpg"), Drawn.jpeg(800, 600));
        JsonNode run = run();
        String file =
                get(RUNS + "/" + run.get("id").asText() + "/pictures")
                        .get("items")
                        .get(0)
                        .get("files")
                        .get(0)
                        .asText();
        byte[] bytes =
                HttpClient.newHttpClient()
                        .send(
                                HttpRequest.newBuilder(backend.uri("/api/v1/pictures/" + file))
                                        .header(
                                                "Authorization",
                                                "Bearer " + backend.token(Role.VIEWER))
                                        .build(),
                                BodyHandlers.ofByteArray())
                        .body();
        assertThat(ImageIO.read(new ByteArrayInputStream(bytes)).getWidth()).isEqualTo(100);
        for (String odd :
                List.of(
                        "0".repeat(64) + "/list.jpg",
                        "..%2F..%2Fstate/admin-secret",
                        "x/list.jpg",
                        file.replaceFirst("/.*", "/..%2Fa.jpg"))) {
            assertThat(
                            backend.get("/api/v1/pictures/" + odd, backend.token(Role.ADMIN))
                                    .statusCode())
                    .as(odd)
                    .isEqualTo(404);
        }
    }

    @Test
    void aRunThatAWorkerLeftGoesOnBehindWhatWasLookedAt() throws Exception {
        Files.write(in.resolve("a.jpg"), Drawn.jpeg(300, 200));
        JsonNode first = run();
        Files.write(in.resolve("b.jpg"), Drawn.jpeg(310, 200));
        // as if its worker had died just behind a.jpg
        try (var store = states.open(backend.state())) {
            store.writing(
                    handle -> {
                        handle.execute("UPDATE picture_run SET state = 'RUNNING', ended_at = NULL");
                        handle.execute(
                                "UPDATE job SET state = 'READY', due_at = 1, ended_at = NULL WHERE"
                                        + " type = 'picture.folder'");
                    });
        }
        String id = first.get("id").asText();
        eventually("done", () -> get(RUNS + "/" + id).get("state").asText().equals("DONE"));
        assertThat(get(RUNS + "/" + id).get("made").asInt()).isEqualTo(2);
        assertThat(names(first, "made")).containsExactly("shoes/a.jpg", "shoes/b.jpg");
    }

    /// @param job what became of its job, in SQL
    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE job SET state = 'DISCARDED', due_at = NULL, ended_at = 1",
                "UPDATE job SET state = 'SUCCEEDED', due_at = NULL, ended_at = 1",
                "UPDATE picture_run SET job_id = 'none'"
            })
    void aRunWhoseJobIsOverHoldsNoOneUp(String job) throws Exception {
        Files.write(in.resolve("a.jpg"), Drawn.jpeg(300, 200));
        String first = run().get("id").asText();
        try (var store = states.open(backend.state())) {
            store.writing(
                    handle -> {
                        handle.execute("UPDATE picture_run SET state = 'RUNNING', ended_at = NULL");
                        handle.execute(job);
                    });
        }
        assertThat(run().get("state").asText()).isEqualTo("DONE");
        assertThat(get(RUNS + "/" + first).get("state").asText()).isEqualTo("FAILED");
        assertThat(get(RUNS + "/" + first).get("reason").asText()).contains("Its job ended");
    }

    @Test
    void aRunWhoseJobIsOverIsEndedBySweeping() throws Exception {
        Files.write(in.resolve("a.jpg"), Drawn.jpeg(300, 200));
        String id = run().get("id").asText();
        var json = WireJson.mapper();
        InstantSource clock = InstantSource.system();
        try (var store = states.open(backend.state())) {
            store.writing(
                    handle ->
                            handle.execute(
                                    "UPDATE picture_run SET state = 'RUNNING', ended_at = NULL"));
            var pictures = new PictureStore(json, new EventLog(json, clock));
            new PictureSweep(store, pictures, clock).sweep();
        }
        assertThat(get(RUNS + "/" + id).get("state").asText()).isEqualTo("FAILED");
    }

    @Test
    void whatCantBeStartedIsRefused() throws Exception {
        Files.delete(in);
        Files.delete(home.resolve("in"));
        var gone = backend.send("POST", RUNS, backend.token(Role.OPERATOR), "{\"reason\":\"\"}");
        assertThat(gone.statusCode()).isEqualTo(409);
        assertThat(gone.body()).contains("There is no folder");
        assertThat(backend.get(RUNS + "/x/pictures", backend.token(Role.VIEWER)).statusCode())
                .isEqualTo(404);
    }
}
