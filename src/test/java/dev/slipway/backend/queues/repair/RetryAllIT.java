package dev.slipway.backend.queues.repair;

import static dev.slipway.testing.Eventually.eventually;
import static dev.slipway.testing.Eventually.grows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.RepairAct;
import dev.slipway.api.queues.RepairState;
import dev.slipway.api.queues.StartRepair;
import dev.slipway.backend.access.AuditLog;
import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.queues.JobHandler;
import dev.slipway.backend.queues.Worker;
import dev.slipway.backend.queues.WorkerSettings;
import dev.slipway.testing.Effects;
import dev.slipway.testing.FailedJobs.Lot;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// All failed jobs are retried, with a probe and a ramp, and real workers do them. The effect of
/// each is a row in a sink that has no key and of which no record is kept: a second one would show.
/// `-Dslipway.repair.jobs=100000` for as many as on a bad night.
@ParameterizedClass
@EnumSource(States.class)
class RetryAllIT {
    private static final int JOBS = Integer.getInteger("slipway.repair.jobs", 5_000);
    private static final int RATE = Math.min(10_000, JOBS);
    private static final int WORKERS = 2;

    private final States states;
    private final List<AutoCloseable> open = new ArrayList<>();
    private final CountDownLatch probeMayEnd = new CountDownLatch(1);

    @SuppressWarnings("NullAway.Init")
    private RepairFixture fixture;

    @SuppressWarnings("NullAway.Init")
    private Repair repair;

    RetryAllIT(States states) {
        this.states = states;
    }

    @BeforeEach
    void start(@TempDir Path folder) {
        fixture = new RepairFixture(states, folder);
        fixture.store.writing(
                handle ->
                        handle.execute(
                                "CREATE TABLE effect_sink (job TEXT NOT NULL, at BIGINT NOT NULL)"));
        Instant now = Instant.now();
        fixture.failed(
                new Lot("order", JOBS, "mail", "mail.send", "card", now.minusSeconds(7_200)));
        fixture.clock.forward(Duration.between(RepairFixture.START, now));
        repair = fixture.preview(RepairAct.RETRY, RepairFixture.CARD);
        assertThat(repair.preview().total()).isEqualTo(JOBS);
        for (int i = 0; i < WORKERS; i++) {
            var worker = worker("w" + i);
            open.addFirst(worker);
            worker.start();
        }
        var runner = runner();
        open.addFirst(runner);
        runner.start();
        Effects.done(
                fixture.store,
                fixture.service.start(repair.id(), new StartRepair(RATE, 1, 10, ""), "olga"));
    }

    @AfterEach
    void end() throws Exception {
        probeMayEnd.countDown();
        for (AutoCloseable each : open) {
            each.close();
        }
        fixture.close();
    }

    /// As in a backend, by the time that it is.
    private RepairRunner runner() {
        var clock = InstantSource.system();
        return new RepairRunner(
                "backend",
                fixture.store,
                fixture.repairs,
                fixture.holds,
                new AuditLog(fixture.store, fixture.events, clock),
                clock);
    }

    /// Its leases outlast whatever else this machine is doing: nothing is taken over here.
    private Worker worker(String name) {
        var seconds = Duration.ofSeconds(60);
        var usual = WorkerSettings.standard(4);
        return new Worker(
                name,
                new WorkerSettings(
                        usual.threads(),
                        seconds,
                        usual.renew(),
                        usual.tick(),
                        usual.poll(),
                        usual.firstBackoff(),
                        usual.mostBackoff(),
                        usual.losses()),
                List.of(new Append()),
                fixture.store,
                fixture.events,
                RepairFixture.JSON,
                InstantSource.system(),
                new Random(name.hashCode()));
    }

    private final class Append implements JobHandler {
        @Override
        public String type() {
            return "mail.send";
        }

        @Override
        public void run(JobContext job) throws InterruptedException {
            if (!probeMayEnd.await(60, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the test is gone");
            }
            fixture.store.alongside(
                    handle ->
                            handle.execute(
                                    "INSERT INTO effect_sink VALUES (?, ?)",
                                    job.id(),
                                    System.currentTimeMillis()));
        }
    }

    @Test
    void eachIsDoneOnceAfterOneHasShownThatItCan() {
        long begun = System.nanoTime();
        oneGoesFirst();
        grows("effects", () -> rows("effect_sink"), JOBS);
        eventually("it is done", () -> fixture.now(repair).state() == RepairState.DONE);
        System.out.printf(
                "RetryAllIT, %s: %,d jobs in %.1f s%n",
                states, JOBS, (System.nanoTime() - begun) / 1e9);

        Repair done = fixture.now(repair);
        assertThat(done.progress().moved()).isEqualTo(JOBS);
        assertThat(done.progress().succeeded()).isEqualTo(JOBS);
        assertThat(done.progress().failed()).isZero();
        assertThat(rows("effect_sink")).isEqualTo(JOBS);
        assertThat(rows("(SELECT DISTINCT job FROM effect_sink) AS d")).isEqualTo(JOBS);
        // the rows are those that failed, and each was begun once more
        assertThat(rows("job")).isEqualTo(JOBS);
        assertThat(rows("job WHERE state = 'SUCCEEDED' AND id IN (SELECT job FROM effect_sink)"))
                .isEqualTo(JOBS);
        assertThat(rows("job_attempt")).isEqualTo(JOBS);
        assertThat(rows("(SELECT DISTINCT job FROM job_attempt) AS d")).isEqualTo(JOBS);
        assertThat(fixture.takenTwice()).isZero();
        ramped();
    }

    @Test
    void cancelledInTheMiddleEachWasRetriedOnceOrIsAsItWas() {
        oneGoesFirst();
        grows("jobs", () -> fixture.now(repair).progress().moved(), JOBS / 10);
        Effects.done(fixture.store, fixture.service.cancel(repair.id(), "enough"));
        long moved = fixture.now(repair).progress().moved();
        eventually(
                "what was taken is done",
                () -> rows("job WHERE state IN ('READY', 'RUNNING', 'RETRYING')") == 0);
        eventually("and counted", () -> fixture.now(repair).progress().succeeded() == moved);

        assertThat(fixture.now(repair).state()).isEqualTo(RepairState.CANCELLED);
        assertThat(fixture.now(repair).progress().moved()).isEqualTo(moved);
        assertThat(moved).isBetween(JOBS / 10L, JOBS - 1L);
        assertThat(rows("effect_sink")).isEqualTo(moved);
        assertThat(rows("(SELECT DISTINCT job FROM effect_sink) AS d")).isEqualTo(moved);
        assertThat(rows("job WHERE state = 'SUCCEEDED' AND id IN (SELECT job FROM effect_sink)"))
                .isEqualTo(moved);
        assertThat(rows("job_attempt")).isEqualTo(moved);
        // failed when it did, for the first time, and nothing was written of it since
        assertThat(
                        rows(
                                "job AS j WHERE state = 'DEAD' AND attempt = 1 AND repair IS NULL"
                                        + " AND changed_at = created_at AND ended_at = created_at"
                                        + " AND error LIKE 'RuntimeException: no answer for %'"
                                        + " AND NOT EXISTS (SELECT 1 FROM job_line AS l"
                                        + " WHERE l.job = j.seq)"))
                .isEqualTo(JOBS - moved);
        assertThat(fixture.takenTwice()).isZero();
    }

    private void oneGoesFirst() {
        eventually(
                "it waits for its probe",
                () -> fixture.now(repair).note().startsWith("Waits for the outcome"));
        assertThat(fixture.now(repair).state()).isEqualTo(RepairState.PROBING);
        assertThat(rows("job WHERE state = 'DEAD' AND repair IS NULL")).isEqualTo(JOBS - 1);
        assertThat(rows("effect_sink")).isZero();
        probeMayEnd.countDown();
    }

    /// For two seconds each a sixteenth, an eighth and a quarter of the rate: no more may have been
    /// taken by then, since the probe ended.
    private void ramped() {
        long most = 1;
        for (int step = 1; step <= 3; step++) {
            most += 2L * RATE / 16 * (1 << (step - 1));
            long within = step * 2_000L - 100;
            assertThat(
                            rows(
                                    "job_line WHERE message LIKE '%by a repair of%' AND at <="
                                            + " (SELECT min(at) FROM effect_sink) + "
                                            + within))
                    .as("within %d ms", within)
                    .isBetween(1L, most);
        }
    }

    private long rows(String what) {
        return fixture.store.read(
                handle ->
                        handle.createQuery("SELECT count(*) FROM " + what).mapTo(Long.class).one());
    }
}
