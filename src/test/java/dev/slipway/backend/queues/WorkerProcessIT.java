package dev.slipway.backend.queues;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.slipway.api.queues.Attempt;
import dev.slipway.api.queues.AttemptEnd;
import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.api.queues.JobState;
import dev.slipway.backend.queues.dispatch.Dispatch;
import dev.slipway.backend.store.StateStore;
import dev.slipway.testing.SlipwayProcess;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Workers as they are in earnest: processes of their own over one state database.
class WorkerProcessIT {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(3);

    private final List<Process> processes = new ArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private Path state;

    @SuppressWarnings("NullAway.Init")
    private Path effects;

    @SuppressWarnings("NullAway.Init")
    private QueueFixture fixture;

    @BeforeEach
    void open(@TempDir Path folder) {
        state = folder.resolve("state");
        effects = folder.resolve("effects");
        fixture = new QueueFixture(state, InstantSource.system());
    }

    @AfterEach
    void close() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
        fixture.close();
    }

    @Test
    void twoProcessesShareTheWorkAndRunNothingTwice() throws IOException {
        start("one", 20, LONG);
        start("two", 20, LONG);
        // one that starts late would find nothing left
        eventually("both are there", () -> workers() == 2);
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            ids.add(fixture.publish("effect", "k" + i, 3));
        }

        eventually("all done", () -> ids.stream().allMatch(this::succeeded));
        assertThat(lines(" begun")).hasSize(60);
        assertThat(lines(" one done")).isNotEmpty();
        assertThat(lines(" two done")).isNotEmpty();
    }

    @Test
    void aJobWhoseWorkerIsKilledIsFinishedByAnotherOnceItsLeaseEnds() throws Exception {
        String id = fixture.publish("effect", "k", 1);
        Process killed = start("killed", 600_000, SHORT);
        eventually("begun", () -> lines(" killed begun").size() == 1);
        killed.destroyForcibly().waitFor();
        start("second", 10, LONG);

        eventually("done", () -> succeeded(id));
        assertThat(lines(""))
                .containsExactly(id + " killed begun", id + " second begun", id + " second done");
        assertThat(fixture.job(id).attempt()).isEqualTo(1);
        assertThat(fixture.job(id).worker()).isEqualTo("second");
    }

    @Test
    void sigtermHandsTheJobsBackAndTheNextWorkerGoesOnAtOnce() throws Exception {
        List<String> ids = List.of(steps("a"), steps("b"));
        Process first = start("first", 20, LONG);
        eventually("both are begun", () -> lines(" first from 0").size() == 2);
        eventually("on their way", () -> ids.stream().allMatch(id -> fixture.job(id).done() > 20));

        // SIGTERM alone: the process itself would also end its input
        first.toHandle().destroy();
        assertThat(first.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(first.exitValue()).isZero();
        for (String id : ids) {
            assertThat(fixture.job(id).state()).isEqualTo(JobState.READY);
            // no attempt is spent, and the job need not wait for a lease to end
            assertThat(fixture.job(id).attempt()).isZero();
            assertThat(fixture.job(id).runAt()).isBeforeOrEqualTo(fixture.clock.instant());
        }
        start("second", 20, LONG);
        eventually("done", () -> ids.stream().allMatch(this::succeeded));
        for (String id : ids) {
            assertThat(fixture.job(id).done()).isEqualTo(1_000);
            assertThat(attempts(id))
                    .extracting(Attempt::worker, Attempt::end)
                    .containsExactly(
                            tuple("first", AttemptEnd.HANDED_BACK),
                            tuple("second", AttemptEnd.SUCCEEDED));
            // where the first stopped the second went on: no step was done twice or left out
            String stopped = id + " first until ";
            String step =
                    lines("").stream()
                            .filter(line -> line.startsWith(stopped))
                            .map(line -> line.substring(stopped.length()))
                            .findFirst()
                            .orElseThrow();
            assertThat(lines("")).contains(id + " second from " + step);
        }
    }

    @Test
    void theCommandEndsWithZeroWhenItIsAskedTo(@TempDir Path home) throws Exception {
        try (var worker = SlipwayProcess.start("worker", "--home", home.toString())) {
            assertThat(worker.awaitReady()).isEqualTo("worker");
            assertThat(worker.terminate()).isZero();
        }
        try (var store = StateStore.open(home.resolve("state"))) {
            // it has taken its leave: nobody counts it as a worker that lives
            assertThat(
                            store.<Long, RuntimeException>read(
                                    handle ->
                                            handle.createQuery("SELECT count(*) FROM worker")
                                                    .mapTo(Long.class)
                                                    .one()))
                    .isZero();
        }
    }

    /// Others use a broker; its configuration lacks it.
    @Test
    void aWorkerWithoutTheBrokerIsNamed(@TempDir Path home) throws Exception {
        try (var store = StateStore.open(home.resolve("state"))) {
            store.writing(
                    handle ->
                            handle.execute(
                                    "UPDATE broker SET used = 1, state = 'UP', url = 'amqp://b',"
                                            + " used_at = ?",
                                    System.currentTimeMillis()));
            String process;
            try (var worker = SlipwayProcess.start("worker", "--home", home.toString())) {
                assertThat(worker.awaitReady()).isEqualTo("worker");
                process = "-" + worker.pid();
            }
            BrokerStatus status = Dispatch.status(store, InstantSource.system());
            assertThat(status.without()).endsWith(process);
            assertThat(status.withoutWorks()).isTrue();
            assertThat(status.state()).as("nothing is turned off").isEqualTo(BrokerStatus.State.UP);
        }
    }

    private List<Attempt> attempts(String id) {
        return fixture.store.read(
                handle -> Attempts.of(handle, Jobs.byId(handle, id).orElseThrow().seq()));
    }

    private String steps(String key) {
        return fixture.publish("steps", key, 1);
    }

    private Process start(String name, long millis, Duration lease) throws IOException {
        Process process = WorkerProcess.start(state, effects, name, millis, lease);
        processes.add(process);
        return process;
    }

    private int workers() {
        return fixture.store.read(
                handle ->
                        handle.createQuery("SELECT count(*) FROM worker")
                                .mapTo(Integer.class)
                                .one());
    }

    private boolean succeeded(String id) {
        return fixture.is(id, JobState.SUCCEEDED);
    }

    private List<String> lines(String end) {
        if (!Files.exists(effects)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(effects)) {
            return lines.filter(line -> line.endsWith(end)).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
