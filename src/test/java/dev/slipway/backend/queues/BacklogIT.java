package dev.slipway.backend.queues;

import static dev.slipway.backend.queues.QueueFixture.handler;
import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.queues.JobState;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/// Jobs that a broker brought and that can't run yet are put off, and run though others wait. Over
/// the state that several processes share.
@ParameterizedClass
@EnumSource(
        value = States.class,
        names = {"POSTGRES"})
class BacklogIT {
    @AutoClose private final BrokerFixture fixture;

    BacklogIT(States states, @TempDir Path folder) {
        fixture = new BrokerFixture(states, folder);
    }

    @Test
    void aHeldQueueGoesOnWhenItIsResumedWhileOthersWait() {
        fixture.aBacklogIsNeverDone();
        fixture.start();
        fixture.jobs.store.writing(
                handle ->
                        handle.execute(
                                "INSERT INTO hold (kind, name, reason, held_by, since)"
                                        + " VALUES ('QUEUE', 'work', 'why', 'ana', 0)"));
        String id = fixture.jobs.publish("fine", "k", 1);
        fixture.fed("w", handler("fine", _ -> {}));
        eventually("put off", () -> fixture.rows("wake_up WHERE job = '" + id + "'") == 1);
        assertThat(fixture.jobs.job(id).state()).isEqualTo(JobState.READY);
        fixture.jobs.store.writing(handle -> handle.execute("DELETE FROM hold"));
        eventually("done", () -> fixture.jobs.is(id, JobState.SUCCEEDED));
    }

    @Test
    void jobsOverALimitFollowWhileOthersWait() {
        fixture.aBacklogIsNeverDone();
        fixture.start();
        fixture.jobs.store.writing(
                handle ->
                        handle.execute(
                                "INSERT INTO job_limit (type, most, set_by, reason, set_at)"
                                        + " VALUES ('narrow', 1, 'ana', 'why', 0)"));
        for (int i = 0; i < 40; i++) {
            fixture.jobs.publish("narrow", "k" + i, 1);
        }
        fixture.fed("w", handler("narrow", _ -> Thread.yield()));
        eventually("done", () -> fixture.rows("job WHERE state = 'SUCCEEDED'") == 40);
        eventually("no message is left", () -> fixture.rows("wake_up WHERE job <> 'other'") == 0);
    }

    @Test
    void jobsThatLieWithABusyWorkerAreRunByAnother() {
        fixture.aBacklogIsNeverDone();
        fixture.start();
        var go = new CountDownLatch(1);
        fixture.fed("busy", handler("fine", _ -> go.await()));
        for (int i = 0; i < 4; i++) {
            fixture.jobs.publish("fine", "k" + i, 1);
        }
        // two run and two are brought in advance
        eventually("two run", () -> fixture.rows("job WHERE state = 'RUNNING'") == 2);
        eventually("all were handed over", () -> fixture.rows("wake_up WHERE job <> 'other'") == 0);
        fixture.fed("idle", handler("fine", _ -> {}));
        eventually("the others are done", () -> fixture.rows("job WHERE state = 'SUCCEEDED'") == 2);
        go.countDown();
    }
}
