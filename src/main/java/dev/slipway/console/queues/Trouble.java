package dev.slipway.console.queues;

import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.QueueStatus;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What is wrong with a queue, the worst first: what no one meant (shown red) comes before what
/// someone chose or what mends itself (amber), and of the red what keeps jobs from running now
/// before what went wrong once.
public enum Trouble {
    /// Jobs wait and nobody works, or nobody who can run them.
    NO_WORKER,
    /// Jobs wait long although someone works.
    LATE,
    /// Jobs failed for good and wait for a person.
    DEAD,
    /// Someone paused it: nothing starts, however long it waits.
    PAUSED,
    /// Jobs failed and will be tried again.
    RETRYING,
    NONE;

    private static final Duration LONG = Duration.ofMinutes(5);

    /// So long it may take until a worker that is started on demand runs a job.
    private static final Duration TO_BEGIN = Duration.ofSeconds(15);

    /// All that holds, the worst first; empty if nothing is wrong. That nothing of a paused queue
    /// starts is meant so.
    static List<Trouble> all(QueueStatus queue, @Nullable Hold hold, Instant now) {
        List<Trouble> all = new ArrayList<>();
        boolean paused = hold != null;
        if (!paused && noWorker(queue, now)) {
            all.add(NO_WORKER);
        }
        if (!paused && waits(queue, LONG, now)) {
            all.add(LATE);
        }
        if (queue.dead() > 0) {
            all.add(DEAD);
        }
        if (paused) {
            all.add(PAUSED);
        }
        if (queue.retrying() > 0) {
            all.add(RETRYING);
        }
        return all;
    }

    private static boolean noWorker(QueueStatus queue, Instant now) {
        boolean nobody =
                queue.workers() == 0
                        && (queue.oldestReady() == null || waits(queue, TO_BEGIN, now));
        return queue.ready() > 0 && (nobody || queue.unserved() != null);
    }

    private static boolean waits(QueueStatus queue, Duration longer, Instant now) {
        Instant oldest = queue.oldestReady();
        return oldest != null && Duration.between(oldest, now).compareTo(longer) > 0;
    }
}
