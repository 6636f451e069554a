package dev.slipway.client.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.slipway.api.Reason;
import dev.slipway.api.access.Credentials;
import dev.slipway.api.access.Role;
import dev.slipway.api.launch.SetWeight;
import dev.slipway.api.migration.Pace;
import dev.slipway.api.queues.JobState;
import dev.slipway.client.BackendClient;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.testing.RunningBackend;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import java.util.stream.Stream;

/// What the client sends is what the real backend takes.
class ClientContractIT {
    @TempDir static Path home;

    private static RunningBackend backend;
    private static BackendClient client;

    @BeforeAll
    static void start() throws IOException {
        backend = new RunningBackend(home);
        String token = backend.token(Role.ADMIN);
        client = new BackendClient(backend.uri(""), () -> token);
    }

    @AfterAll
    static void stop() {
        backend.close();
    }

    /// Refused for what it is about, never for how it was said.
    @TestFactory
    Stream<DynamicTest> commandsAboutNothingAreUnderstoodAndRefused() {
        Map<String, ThrowingCallable> commands =
                Map.ofEntries(
                        Map.entry("retry", () -> client.jobs().retry("none")),
                        Map.entry("discard", () -> client.jobs().discard("none", "r")),
                        Map.entry("startRun", () -> client.migrations().start("none")),
                        Map.entry("pause", () -> client.migrations().pause("none")),
                        Map.entry("pace", () -> client.migrations().pace("none", Pace.OF_PLAN)),
                        Map.entry("resume", () -> client.migrations().resume("none")),
                        Map.entry("cancel", () -> client.migrations().cancel("none")),
                        Map.entry(
                                "startInvoiceRun",
                                () -> client.invoices().start(LocalDate.of(2026, 11, 22))),
                        Map.entry("release", () -> client.invoices().release("none")),
                        Map.entry(
                                "discardInvoiceRun", () -> client.invoices().discard("none", "r")),
                        Map.entry("resend", () -> client.invoices().resend("none", "r")),
                        Map.entry(
                                "setWeight",
                                () -> client.launch().setWeight(new SetWeight(5, 77, "r"))),
                        Map.entry("job", () -> client.jobs().one("none")),
                        Map.entry("run", () -> client.migrations().run("none")),
                        Map.entry("invoice", () -> client.invoices().one("none")),
                        Map.entry("pdf", () -> client.invoices().pdf("none")));
        return commands.entrySet().stream()
                .map(
                        each ->
                                DynamicTest.dynamicTest(
                                        each.getKey(),
                                        () -> {
                                            Problem problem =
                                                    catchThrowableOfType(
                                                                    ProblemException.class,
                                                                    each.getValue())
                                                            .problem();
                                            assertThat(problem)
                                                    .isInstanceOfSatisfying(
                                                            Problem.Rejected.class,
                                                            rejected ->
                                                                    assertThat(
                                                                                    rejected.answer()
                                                                                            .status())
                                                                            .as(rejected.toString())
                                                                            .isIn(
                                                                                    404, 409, 422,
                                                                                    503));
                                        }));
    }

    @Test
    void listsAreReadAsTheyAreServed() throws Exception {
        assertThat(client.health().ok()).isTrue();
        assertThat(client.session().role()).isEqualTo(Role.ADMIN);
        assertThat(client.access().users()).isNotEmpty();
        assertThat(client.access().audit(null).items()).isNotEmpty();
        assertThat(client.queues().all()).isNotNull();
        assertThat(client.queues().failures()).isEmpty();
        assertThat(
                        client.jobs()
                                .matching(
                                        new JobQuery("q", "t", JobState.DEAD, "f", "x", null, null),
                                        null)
                                .items())
                .isEmpty();
        assertThat(client.migrations().plans()).isNotNull();
        assertThat(client.metrics().windows()).isNotNull();
        assertThat(client.metrics().intervals("2026-11-22T10:00:00Z").items()).isEmpty();
        assertThat(client.metrics().intervals(null).items()).isEmpty();
        assertThat(client.launch().now().intended()).isZero();
    }

    @Test
    void launchActsSayWhy() throws Exception {
        assertThat(client.launch().hold(new Reason("looking")).held()).isTrue();
        assertThat(client.launch().resume(new Reason("looked")).held()).isFalse();
    }

    @Test
    void logsInAndOut() throws Exception {
        backend.token(Role.VIEWER);
        var other = new BackendClient(backend.uri(""), BackendClient.TokenSource.NONE);

        var session = other.logIn(new Credentials("a-viewer", "correct horse battery"));
        assertThat(session.role()).isEqualTo(Role.VIEWER);
        assertThat(other.session().user()).isEqualTo("a-viewer");
        other.logOut();

        Problem problem = catchThrowableOfType(ProblemException.class, other::session).problem();
        assertThat(problem).isInstanceOf(Problem.Unauthorised.class);
    }
}
