package dev.slipway.api.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.queues.Wait.Why;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Instant;
import java.util.List;

class WaitTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");
    private static final Instant SOON = NOW.plusSeconds(60);
    private static final Hold QUEUE = hold(HoldKind.QUEUE, "mail", null);
    private static final Hold TYPE = hold(HoldKind.TYPE, "send", null);
    private static final BrokerStatus AWAY = broker(BrokerStatus.State.AWAY, "migration.sync");
    private static final TypeStatus FULL = new TypeStatus("send", List.of("mail"), 2, 2, NOW);

    /// Of several reasons the one that a person can do something about.
    @Test
    void aPauseComesBeforeATimeAndATimeBeforeALimit() {
        Job later = job(JobState.RETRYING, SOON);

        assertThat(why(later, List.of(TYPE, QUEUE), FULL)).isEqualTo(Why.QUEUE_PAUSED);
        assertThat(why(later, List.of(TYPE), FULL)).isEqualTo(Why.TYPE_PAUSED);
        assertThat(why(later, List.of(), FULL)).isEqualTo(Why.RETRY);
        assertThat(why(job(JobState.READY, SOON), List.of(), FULL)).isEqualTo(Why.LATER);
        assertThat(why(job(JobState.READY, NOW), List.of(), FULL)).isEqualTo(Why.LIMIT);
        assertThat(why(job(JobState.READY, NOW), List.of(), null)).isEqualTo(Why.WORKER);
    }

    @Test
    void whatIsPausedElsewhereOrWasPausedDoesNotCount() {
        Job job = job(JobState.READY, NOW);
        Hold over = hold(HoldKind.QUEUE, "mail", NOW);
        Hold other = hold(HoldKind.QUEUE, "send", null);
        Hold schedule = hold(HoldKind.SCHEDULE, "mail", null);

        assertThat(why(job, List.of(over, other, schedule), null)).isEqualTo(Why.WORKER);
        Hold still = hold(HoldKind.QUEUE, "mail", NOW.plusMillis(1));
        assertThat(why(job, List.of(still), null)).isEqualTo(Why.QUEUE_PAUSED);
    }

    @ParameterizedTest
    @CsvSource({"RUNNING", "SUCCEEDED", "DEAD", "DISCARDED"})
    void whatRunsOrHasEndedWaitsForNothing(JobState state) {
        assertThat(Wait.of(job(state, NOW), List.of(QUEUE), FULL, AWAY, NOW)).isEmpty();
    }

    /// It keeps only those from workers that it brings to them, and what may start at all.
    @Test
    void ofJobsThatMayStartTheBrokerKeepsThoseThatItCarries() {
        Job job = job(JobState.READY, NOW);
        assertThat(why(job, List.of(), null, AWAY)).isEqualTo(Why.BROKER);
        assertThat(why(job, List.of(), FULL, AWAY)).isEqualTo(Why.LIMIT);
        assertThat(why(job, List.of(QUEUE), null, AWAY)).isEqualTo(Why.QUEUE_PAUSED);
        assertThat(why(job(JobState.RETRYING, SOON), List.of(), null, AWAY)).isEqualTo(Why.RETRY);
        assertThat(why(job, List.of(), null, broker(AWAY.state(), "send"))).isEqualTo(Why.WORKER);
        assertThat(why(job, List.of(), null, broker(AWAY.state(), "web-2", "other")))
                .isEqualTo(Why.WORKER);
        assertThat(why(job, List.of(), null, broker(BrokerStatus.State.UP, "other")))
                .isEqualTo(Why.WORKER);
        assertThat(why(job, List.of(), null, broker(BrokerStatus.State.UNUSED, "other")))
                .isEqualTo(Why.WORKER);
    }

    private static BrokerStatus broker(BrokerStatus.State state, String beside) {
        return broker(state, null, beside);
    }

    private static BrokerStatus broker(
            BrokerStatus.State state, @Nullable String reachedBy, String beside) {
        return new BrokerStatus(
                state,
                "amqp://b",
                NOW,
                "cut",
                3,
                NOW,
                "web-1",
                reachedBy,
                List.of(beside),
                null,
                false);
    }

    private static Why why(
            Job job, List<Hold> holds, @Nullable TypeStatus type, BrokerStatus broker) {
        return Wait.of(job, holds, type, broker, NOW).orElseThrow().why();
    }

    private static Why why(Job job, List<Hold> holds, @Nullable TypeStatus type) {
        return Wait.of(job, holds, type, false, NOW).orElseThrow().why();
    }

    private static Hold hold(HoldKind kind, String name, @Nullable Instant until) {
        return new Hold(kind, name, "why", "ana", NOW.minusSeconds(60), until);
    }

    private static Job job(JobState state, Instant runAt) {
        return new Job(
                "id",
                "mail",
                "send",
                "s",
                state,
                1,
                5,
                NOW,
                runAt,
                null,
                null,
                null,
                0,
                0,
                null,
                null,
                Priority.NORMAL,
                null);
    }
}
