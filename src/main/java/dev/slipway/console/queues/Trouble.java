package dev.slipway.console.queues;

import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.QueueStatus;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// What is wrong with a queue, the worst first.
public enum Trouble {
    /// Jobs wait and nobody works.
    NO_WORKER,
    /// Someone paused it: nothing starts, however long it waits.
    PAUSED,
    /// Jobs failed for good and wait for a person.
    DEAD,
    /// Jobs wait long although someone works.
    LATE,
    /// Jobs failed and will be tried again.
    RETRYING,
    NONE;

    private static final Duration LONG = Duration.ofMinutes(5);

    static Trouble of(QueueStatus queue, @Nullable Hold hold, Instant now) {
        if (hold != null) {
            return PAUSED;
        }
        if (queue.ready() > 0 && queue.workers() == 0) {
            return NO_WORKER;
        }
        if (queue.dead() > 0) {
            return DEAD;
        }
        Instant oldest = queue.oldestReady();
        if (oldest != null && Duration.between(oldest, now).compareTo(LONG) > 0) {
            return LATE;
        }
        return queue.retrying() > 0 ? RETRYING : NONE;
    }
}
