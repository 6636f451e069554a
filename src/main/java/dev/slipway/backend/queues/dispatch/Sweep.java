package dev.slipway.backend.queues.dispatch;

import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds due jobs that no message speaks of any more: the broker's disk is gone, a worker died with
/// them, or they were held or over their type's limit when the message came. While messages wait, a
/// job that is due most likely waits with them.
final class Sweep {
    private static final int OF_A_LANE = 500;

    /// A job that has been due for less is most likely on its way.
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

    /// One that was offered again may lie with a busy worker for so long.
    private static final Duration OFFERED = Duration.ofSeconds(10);

    private final StateStore store;
    private final Broker broker;
    private final InstantSource clock;
    private final Map<String, Instant> offered = new HashMap<>();

    Sweep(StateStore store, Broker broker, InstantSource clock) {
        this.store = store;
        this.broker = broker;
        this.clock = clock;
    }

    private record Lane(String queue, String type, int priority, int most) {}

    /// @return how many jobs were put into the outbox again
    int sweep() throws IOException {
        Instant now = clock.instant();
        offered.values().removeIf(at -> at.isBefore(now.minus(OFFERED)));
        List<String> lost = new ArrayList<>(store.read(handle -> letGo(handle, now)));
        if (!store.read(handle -> Outbox.anyDue(handle, now)) && !broker.anyWaits()) {
            lost.addAll(store.read(handle -> due(handle, now)));
        }
        lost.removeIf(offered::containsKey);
        if (!lost.isEmpty()) {
            store.alongside(
                    handle -> {
                        lost.forEach(job -> Outbox.add(handle, job, now));
                        return lost.size();
                    });
            lost.forEach(job -> offered.put(job, now));
        }
        return lost.size();
    }

    /// Jobs whose worker died: no message was ever written for the end of a lease.
    private static List<String> letGo(Handle handle, Instant now) {
        return handle.createQuery(
                        """
                        SELECT id FROM job WHERE state = 'RUNNING' AND due_at <= :now
                          AND type IN (SELECT type FROM job_lane)
                        ORDER BY due_at, seq LIMIT :most""")
                .bind("now", now.toEpochMilli())
                .bind("most", OF_A_LANE)
                .mapTo(String.class)
                .list();
    }

    private static List<String> due(Handle handle, Instant now) {
        List<String> due = new ArrayList<>();
        for (Lane lane : lanes(handle, now)) {
            due.addAll(
                    handle.createQuery(
                                    """
                                    SELECT id FROM job WHERE queue = :queue AND type = :type
                                      AND priority = :priority AND due_at <= :before
                                    ORDER BY due_at, seq LIMIT :most""")
                            .bind("queue", lane.queue)
                            .bind("type", lane.type)
                            .bind("priority", lane.priority)
                            .bind("before", now.minus(ON_ITS_WAY).toEpochMilli())
                            .bind("most", lane.most)
                            .mapTo(String.class)
                            .list());
        }
        return due;
    }

    /// Those that are not held, with as many jobs as may run of their type.
    private static List<Lane> lanes(Handle handle, Instant now) {
        return handle.createQuery(
                        """
                        SELECT l.queue, l.type, l.priority,
                            coalesce((SELECT most FROM job_limit AS m WHERE m.type = l.type), :most)
                                AS most
                        FROM job_lane AS l WHERE NOT EXISTS (SELECT 1 FROM hold
                            WHERE (kind = 'QUEUE' AND name = l.queue
                                   OR kind = 'TYPE' AND name = l.type)
                              AND (until IS NULL OR until > :now))
                        ORDER BY l.priority, l.queue, l.type""")
                .bind("most", OF_A_LANE)
                .bind("now", now.toEpochMilli())
                .map(
                        (row, _) ->
                                new Lane(
                                        row.getString("queue"),
                                        row.getString("type"),
                                        row.getInt("priority"),
                                        row.getInt("most")))
                .list();
    }
}
