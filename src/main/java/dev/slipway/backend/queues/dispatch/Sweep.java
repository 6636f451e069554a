package dev.slipway.backend.queues.dispatch;

import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds due jobs that no message speaks of any more: the broker's disk is gone, a worker died with
/// them, they lie with a worker that is busy, or they were held or over their type's limit when the
/// message came. While messages wait, a job that has come due a moment ago most likely waits with
/// them.
final class Sweep {
    private static final int OF_A_LANE = 500;

    /// A job that has been due for less is most likely on its way.
    private static final Duration ON_ITS_WAY = Duration.ofSeconds(2);

    /// One that has been due for longer is looked for even while others wait.
    private static final Duration LATE = Duration.ofSeconds(5);

    /// One that was offered again is not offered for so long; while messages wait, for twice as
    /// long each time: the queues would grow by what is only waiting its turn.
    private static final Duration OFFERED = Duration.ofSeconds(10);

    private static final int MOST_DOUBLINGS = 6;

    private final StateStore store;
    private final Broker broker;
    private final InstantSource clock;
    private final Map<String, Offer> offered = new HashMap<>();

    Sweep(StateStore store, Broker broker, InstantSource clock) {
        this.store = store;
        this.broker = broker;
        this.clock = clock;
    }

    private record Lane(String queue, String type, int priority, int most) {}

    private record Offer(@Nullable Lane lane, Instant at, int times) {
        Instant next() {
            return at.plus(OFFERED.multipliedBy(1L << Math.min(times - 1, MOST_DOUBLINGS)));
        }
    }

    /// @return how many jobs were put into the outbox again
    int sweep() throws IOException {
        Instant now = clock.instant();
        Map<String, @Nullable Lane> found = new LinkedHashMap<>();
        store.read(handle -> letGo(handle, now)).forEach(job -> found.put(job, null));
        boolean quiet = !store.read(handle -> Outbox.anyDue(handle, now)) && !broker.anyWaits();
        List<Lane> lanes = store.read(handle -> lanes(handle, now));
        Instant before = now.minus(quiet ? ON_ITS_WAY : LATE);
        for (Lane lane : lanes) {
            store.read(handle -> due(handle, lane, before)).forEach(job -> found.put(job, lane));
        }
        forget(Set.copyOf(lanes), now);
        found.keySet().removeIf(job -> wasOffered(job, quiet, now));
        if (!found.isEmpty()) {
            store.alongside(
                    handle -> {
                        found.keySet().forEach(job -> Outbox.add(handle, job, now));
                        return found.size();
                    });
            found.forEach(
                    (job, lane) ->
                            offered.merge(
                                    job,
                                    new Offer(lane, now, 1),
                                    (old, _) ->
                                            new Offer(
                                                    lane, now, lane == null ? 1 : old.times + 1)));
        }
        return found.size();
    }

    private boolean wasOffered(String job, boolean quiet, Instant now) {
        Offer offer = offered.get(job);
        return offer != null && now.isBefore(quiet ? offer.at.plus(OFFERED) : offer.next());
    }

    /// What is held now is offered at once when it may go on, and what was not found for long has
    /// been run.
    private void forget(Set<Lane> lanes, Instant now) {
        Instant longAgo = now.minus(OFFERED.multipliedBy(2L << MOST_DOUBLINGS));
        offered.values()
                .removeIf(
                        offer ->
                                offer.lane != null && !lanes.contains(offer.lane)
                                        || offer.at.isBefore(longAgo));
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

    private static List<String> due(Handle handle, Lane lane, Instant before) {
        return handle.createQuery(
                        """
                        SELECT id FROM job WHERE queue = :queue AND type = :type
                          AND priority = :priority AND due_at <= :before
                          AND state IN ('READY', 'RETRYING')
                        ORDER BY due_at, seq LIMIT :most""")
                .bind("queue", lane.queue)
                .bind("type", lane.type)
                .bind("priority", lane.priority)
                .bind("before", before.toEpochMilli())
                .bind("most", lane.most)
                .mapTo(String.class)
                .list();
    }

    /// Those that are not held. Of a type with a limit no more are offered than a worker puts off.
    private static List<Lane> lanes(Handle handle, Instant now) {
        return handle.createQuery(
                        """
                        SELECT l.queue, l.type, l.priority,
                            CASE WHEN EXISTS (SELECT 1 FROM job_limit AS m WHERE m.type = l.type)
                                THEN :limited ELSE :most END AS most
                        FROM job_lane AS l WHERE NOT EXISTS (SELECT 1 FROM hold
                            WHERE (kind = 'QUEUE' AND name = l.queue
                                   OR kind = 'TYPE' AND name = l.type)
                              AND (until IS NULL OR until > :now))
                        ORDER BY l.priority, l.queue, l.type""")
                .bind("most", OF_A_LANE)
                .bind("limited", Wakes.PUT_OFF)
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
