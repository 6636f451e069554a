package dev.slipway.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.api.Paths;
import dev.slipway.api.access.Credentials;
import dev.slipway.api.launch.Launch;
import dev.slipway.api.launch.SetWeight;
import dev.slipway.client.BackendClient.TokenSource;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.testing.FakeBackend;

import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

class BackendClientIT {
    private static final String LAUNCH =
            """
            {"intended":10,"reported":10,"measured":9.5,"measuredN":400,"held":false,\
            "changedBy":"ada","changedAt":"2026-11-22T10:00:00Z","reason":"r","router":"edge",\
            "problem":null,"newer":"field"}""";
    private static final SetWeight TEN = new SetWeight(10, 5, "r");

    private FakeBackend backend;
    private BackendClient client;

    @BeforeEach
    void start() throws IOException {
        backend = new FakeBackend();
        client = new BackendClient(backend.uri(), () -> "secret", Duration.ofSeconds(1));
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void readsWhatANewerServerAddsFieldsTo() throws Exception {
        backend.on("GET", Paths.LAUNCH, _ -> backend.json(200, LAUNCH));

        Launch launch = client.launch().now();

        assertThat(launch.intended()).isEqualTo(10);
        assertThat(launch.changedAt()).isEqualTo(Instant.parse("2026-11-22T10:00:00Z"));
        var request = backend.requests("GET", Paths.LAUNCH).getFirst();
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer secret");
    }

    @Test
    void everyCommandHasAKeyOfItsOwn() throws Exception {
        backend.on("PUT", Paths.LAUNCH_WEIGHT, _ -> backend.json(200, LAUNCH));

        client.launch().setWeight(TEN);
        client.launch().setWeight(TEN);

        assertThat(keys("PUT", Paths.LAUNCH_WEIGHT)).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void aLostAnswerOfADoneCommandIsFound() throws Exception {
        var answers = new ArrayList<>(List.of(lost(), backend.json(200, LAUNCH)));
        backend.on("PUT", Paths.LAUNCH_WEIGHT, _ -> answers.removeFirst());
        onLookUp("DONE");

        assertThat(client.launch().setWeight(TEN).intended()).isEqualTo(10);

        assertThat(keys("PUT", Paths.LAUNCH_WEIGHT)).hasSize(2);
        assertThat(keys("PUT", Paths.LAUNCH_WEIGHT).stream().distinct()).hasSize(1);
    }

    @Test
    void aCommandStillUnderWayIsWaitedFor() throws Exception {
        var answers = new ArrayList<>(List.of(lost(), backend.json(200, LAUNCH)));
        backend.on("PUT", Paths.LAUNCH_WEIGHT, _ -> answers.removeFirst());
        onLookUp("RUNNING", "RUNNING", "DONE");

        assertThat(client.launch().setWeight(TEN).intended()).isEqualTo(10);
    }

    @Test
    void aCommandThatNeverArrivedIsSentOnceMoreWithTheSameKey() throws Exception {
        var answers = new ArrayList<>(List.of(lost(), backend.json(200, LAUNCH)));
        backend.on("PUT", Paths.LAUNCH_WEIGHT, _ -> answers.removeFirst());

        assertThat(client.launch().setWeight(TEN).intended()).isEqualTo(10);
        assertThat(keys("PUT", Paths.LAUNCH_WEIGHT).stream().distinct()).hasSize(1);
    }

    @Test
    void aCommandThatNeverArrivesIsSaidNotToBeDone() {
        backend.on("PUT", Paths.LAUNCH_WEIGHT, _ -> lost());

        Problem problem = problem(() -> client.launch().setWeight(TEN));

        assertThat(problem).isInstanceOf(Problem.Offline.class);
        assertThat(problem.detail()).contains("nothing was done");
        assertThat(keys("PUT", Paths.LAUNCH_WEIGHT)).hasSize(2);
    }

    @Test
    void aCommandOfUnknownOutcomeIsNeverSentAgain() {
        backend.on("PUT", Paths.LAUNCH_WEIGHT, _ -> lost());
        onLookUp("UNKNOWN");

        Problem problem = problem(() -> client.launch().setWeight(TEN));

        assertThat(problem)
                .isInstanceOfSatisfying(
                        Problem.Unknown.class,
                        unknown ->
                                assertThat(keys("PUT", Paths.LAUNCH_WEIGHT))
                                        .containsExactly(unknown.key()));
    }

    @Test
    void aRefusalSaysWhichFieldWasWrong() {
        backend.on(
                "PUT",
                Paths.LAUNCH_WEIGHT,
                _ ->
                        FakeBackend.problem(
                                409,
                                """
                                {"type":"urn:slipway:problem:conflict","title":"Changed meanwhile",\
                                "status":409,"detail":"It is 20 now.","id":"p1",\
                                "errors":[{"field":"/expected","message":"20"}]}"""));

        Problem problem = problem(() -> client.launch().setWeight(TEN));

        assertThat(problem.title()).isEqualTo("Changed meanwhile");
        assertThat(problem.detail()).isEqualTo("It is 20 now.\n/expected: 20");
    }

    @Test
    void aRefusalWithoutErrorsIsReadToo() {
        backend.on(
                "GET",
                Paths.LAUNCH,
                _ ->
                        FakeBackend.problem(
                                403,
                                "{\"type\":\"t\",\"title\":\"No\",\"status\":403,\"id\":\"x\"}"));

        assertThat(problem(client.launch()::now)).isInstanceOf(Problem.Rejected.class);
    }

    @Test
    void anEndedSessionIsSomethingElseThanARefusal() {
        backend.on("GET", Paths.LAUNCH, _ -> FakeBackend.problem(401, "{}"));

        assertThat(problem(client.launch()::now)).isInstanceOf(Problem.Unauthorised.class);
    }

    @Test
    void anAnswerThatIsNoJsonIsSaidToBeUnreadable() {
        for (String body : List.of("<html>", "{\"intended\":", "", "[]", "\"x\"", "null")) {
            backend.on("GET", Paths.LAUNCH, _ -> backend.json(200, body));
            assertThat(problem(client.launch()::now))
                    .as(body)
                    .isInstanceOf(Problem.Unreadable.class);
        }
        backend.on(
                "GET",
                Paths.LAUNCH,
                _ -> new MockResponse.Builder().code(502).body("oops").build());
        assertThat(problem(client.launch()::now)).isInstanceOf(Problem.Unreadable.class);
    }

    @Test
    void aServerThatDoesNotAnswerIsOffline() {
        backend.on(
                "GET",
                Paths.LAUNCH,
                _ ->
                        new MockResponse.Builder()
                                .headersDelay(5, TimeUnit.SECONDS)
                                .body(LAUNCH)
                                .build());

        assertThat(problem(client.launch()::now)).isInstanceOf(Problem.Offline.class);
    }

    @Test
    void noServerIsOffline() throws IOException {
        int free;
        try (var socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        var nowhere = new BackendClient(URI.create("http://127.0.0.1:" + free), TokenSource.NONE);

        assertThat(problem(() -> nowhere.launch().setWeight(TEN)))
                .isInstanceOf(Problem.Offline.class);
    }

    @Test
    void actsAsWhoLoggedIn() throws Exception {
        backend.on(
                "POST",
                Paths.SESSION,
                _ ->
                        backend.json(
                                200,
                                "{\"token\":\"fresh\",\"user\":\"ada\",\"role\":\"ONCALL\","
                                        + "\"expiresAt\":\"2026-11-22T10:00:00Z\"}"));
        backend.on("GET", Paths.LAUNCH, _ -> backend.json(200, LAUNCH));

        client.logIn(new Credentials("ada", "secret password"));
        client.launch().now();

        var request = backend.requests("GET", Paths.LAUNCH).getFirst();
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer fresh");
    }

    @Test
    void idsGoIntoPathsWhateverTheyHold() throws Exception {
        backend.on(
                "GET",
                "/api/v1/invoices/a%2Fb%20%3F/pdf",
                _ -> new MockResponse.Builder().body("%PDF").build());

        assertThat(client.invoices().pdf("a/b ?")).isEqualTo("%PDF".getBytes());
    }

    private List<String> keys(String method, String path) {
        return backend.requests(method, path).stream()
                .map(request -> request.getHeaders().get("Idempotency-Key"))
                .toList();
    }

    /// The request arrives, the answer does not.
    private static MockResponse lost() {
        return new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build();
    }

    private void onLookUp(String... states) {
        var left = new ArrayList<>(List.of(states));
        backend.on(
                "PUT",
                Paths.LAUNCH_WEIGHT,
                answering(
                        request ->
                                backend.on(
                                        "GET",
                                        "/api/v1/commands/"
                                                + request.getHeaders().get("Idempotency-Key"),
                                        _ ->
                                                backend.json(
                                                        200,
                                                        "{\"state\":\""
                                                                + (left.size() > 1
                                                                        ? left.removeFirst()
                                                                        : left.getFirst())
                                                                + "\"}"))));
    }

    private interface Aside {
        void with(mockwebserver3.RecordedRequest request);
    }

    private FakeBackend.Answer answering(Aside aside) {
        var answers = new ArrayList<>(List.of(lost(), backend.json(200, LAUNCH)));
        return request -> {
            aside.with(request);
            return answers.removeFirst();
        };
    }

    private static Problem problem(ThrowingCallable call) {
        ProblemException thrown = catchThrowableOfType(ProblemException.class, call);
        assertThat(thrown).isNotNull();
        return thrown.problem();
    }
}
