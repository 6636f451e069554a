package dev.slipway.backend.tasks.pool;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.api.events.Kind;
import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.queues.JobQueue.NewJob;
import dev.slipway.backend.queues.SqlJobQueue;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.StateStore;
import dev.slipway.testing.States;
import dev.slipway.testing.TestClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// When workers are started and when they are not. The processes are real ones that wait for the
/// end of their input, or end at once with a code.
@ParameterizedClass
@EnumSource(States.class)
class PoolIT {
    private final States states;
    private final TestClock clock = new TestClock(Instant.parse("2026-11-26T12:00:00Z"));
    private final List<Process> started = new ArrayList<>();

    @TempDir Path home;

    @SuppressWarnings("NullAway.Init")
    private StateStore store;

    @SuppressWarnings("NullAway.Init")
    private SqlJobQueue queue;

    @SuppressWarnings("NullAway.Init")
    private EventLog events;

    @SuppressWarnings("NullAway.Init")
    private OnDemand pool;

    /// What the next processes do: read to the end of their input and end well, or end with a code.
    private String script = "cat > /dev/null";

    PoolIT(States states) {
        this.states = states;
    }

    @BeforeEach
    void open() {
        store = states.open(home.resolve("state"));
        var json = WireJson.mapper();
        events = new EventLog(json, clock);
        queue = new SqlJobQueue(json, events, clock, new Random(1));
        var settings = new PoolSettings(List.of("picture"), 2, Duration.ofMinutes(1), 64);
        pool = new OnDemand(settings, store, events, this::process, clock);
    }

    @AfterEach
    void close() {
        pool.close();
        store.close();
        started.forEach(Process::destroyForcibly);
    }

    private Process process(PoolSettings settings) throws IOException {
        Process process = new ProcessBuilder("sh", "-c", script).start();
        started.add(process);
        return process;
    }

    private String publish(String type, String key) {
        return store.write(
                handle -> queue.publish(handle, new NewJob("work", type, key, key, Map.of(), 3)));
    }

    private void ticks(int seconds) {
        for (int i = 0; i < seconds; i++) {
            clock.forward(Duration.ofSeconds(1));
            pool.tick();
        }
    }

    @Test
    void startsOneWhenAJobWaitsAndASecondOnlyWhenThatIsNotEnough() {
        publish("picture", "a");
        ticks(1);
        assertThat(started).as("a worker that is there may take it").isEmpty();
        ticks(2);
        assertThat(started).hasSize(1);
        ticks(8);
        assertThat(started).as("the first may just be starting").hasSize(1);
        ticks(4);
        assertThat(started).hasSize(2);
        ticks(60);
        assertThat(started).as("no more than two at once").hasSize(2);
        assertThat(pool.status().running()).hasSize(2);
    }

    @Test
    void onlyTheBackendThatDoesTheStartingTellsHowThePoolStands() {
        assumeTrue(states == States.POSTGRES, "SQLite has one backend");
        pool.tick();
        try (var alongside = states.open(home.resolve("state"))) {
            var settings = new PoolSettings(List.of("picture"), 9, Duration.ofMinutes(1), 64);
            try (var second = new OnDemand(settings, alongside, events, this::process, clock)) {
                second.tick();
                assertThat(second.snapshot()).isEmpty();
                assertThat(pool.snapshot()).hasSize(1);
            }
            assertThat(told()).isEqualTo(1);
        }
    }

    private int told() {
        return store.read(
                handle ->
                        handle.createQuery("SELECT count(*) FROM event WHERE kind = :kind")
                                .bind("kind", Kind.WORKER_POOL.wire())
                                .mapTo(Integer.class)
                                .one());
    }

    @Test
    void startsNoneForOtherTypesNorForWhatIsHeldNorForWhatIsLater() {
        publish("other", "a");
        publish("picture", "b");
        store.writing(
                handle ->
                        handle.execute(
                                "INSERT INTO hold (kind, name, reason, held_by, since) VALUES"
                                        + " ('TYPE', 'picture', 'r', 'x', 0)"));
        ticks(30);
        assertThat(started).isEmpty();
        store.writing(handle -> handle.execute("DELETE FROM hold"));
        ticks(1);
        assertThat(started).hasSize(1);
    }

    @Test
    void startsNoneForWhatTheLimitOfItsTypeForbids() {
        String running = publish("picture", "a");
        publish("picture", "b");
        store.writing(
                handle -> {
                    handle.execute(
                            "INSERT INTO job_limit (type, most, set_by, reason, set_at)"
                                    + " VALUES ('picture', 1, 'x', 'r', 0)");
                    // by a worker that lives
                    handle.execute(
                            "UPDATE job SET state = 'RUNNING', due_at = ? WHERE id = ?",
                            clock.instant().plus(Duration.ofHours(1)).toEpochMilli(),
                            running);
                });
        ticks(30);
        assertThat(started).isEmpty();
        store.writing(
                handle ->
                        handle.execute(
                                "UPDATE job SET state = 'SUCCEEDED', due_at = NULL, ended_at = 1"
                                        + " WHERE id = ?",
                                running));
        ticks(1);
        assertThat(started).hasSize(1);
    }

    @Test
    void oneThatEndsWellIsForgottenAndStartedAgainWhenJobsWait() throws Exception {
        script = "exit 0";
        publish("picture", "a");
        ticks(3);
        assertThat(started.getFirst().waitFor()).isZero();
        ticks(1);
        assertThat(pool.status().trouble()).isNull();
        assertThat(started).hasSizeGreaterThan(1);
    }

    @Test
    void oneThatEndsBadlyMakesTheNextWaitLongerEachTimeAndIsTold() throws Exception {
        script = "exit 3";
        publish("picture", "a");
        List<Long> waits = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            int number = i;
            while (started.size() < number) {
                ticks(1);
            }
            started.getLast().waitFor();
            pool.tick();
            var status = pool.status();
            assertThat(status.failures()).isEqualTo(number);
            assertThat(status.trouble()).contains("exit code 3").contains("on-demand.log");
            waits.add(
                    Duration.between(
                                    clock.instant(),
                                    java.util.Objects.requireNonNull(status.nextStart()))
                            .toSeconds());
        }
        assertThat(waits).containsExactly(2L, 4L, 8L, 16L);
        assertThat(OnDemand.backoff(40)).isEqualTo(Duration.ofMinutes(5));

        script = "exit 0";
        while (started.size() < 5) {
            ticks(1);
        }
        started.getLast().waitFor();
        pool.tick();
        assertThat(pool.status().failures()).isZero();
    }

    @Test
    void itsWorkersEndWithIt() {
        publish("picture", "a");
        ticks(3);
        pool.close();
        eventually("ended", () -> started.stream().noneMatch(Process::isAlive));
    }
}
