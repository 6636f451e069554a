package dev.slipway.backend.queues;

import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.FailureGroup;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.api.queues.TypeStatus;
import dev.slipway.backend.rounds.Rounds;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// Tells how the queues and failures stand, once a second at most and only what is different, and
/// forgets what is old. Of several servers one does it.
public final class QueueWatch implements AutoCloseable {
    private static final int GROUPS = 200;
    private static final String TASK = "queue-watch";
    private static final String FAULT = "the queues could not be looked at";

    private final StateStore store;
    private final Events events;
    private final InstantSource clock;
    private final QueueReads reads;
    private final JobPruner pruner;
    private final Rounds rounds = new Rounds(QueueWatch.class, "queue-watch");
    private Map<String, Object> told = new HashMap<>();

    /// @param lease the workers' lease time
    /// @param keep how long jobs that succeeded are kept
    public QueueWatch(
            StateStore store, Events events, InstantSource clock, Duration lease, Duration keep) {
        this.store = store;
        this.events = events;
        this.clock = clock;
        this.reads = new QueueReads(lease);
        this.pruner = new JobPruner(store, events, clock, keep);
    }

    public void start() {
        rounds.every(Duration.ofSeconds(1), FAULT, this::tellInTurn);
        rounds.every(Duration.ofSeconds(30), Duration.ofSeconds(60), FAULT, this::pruneInTurn);
    }

    @Override
    public void close() {
        rounds.close();
    }

    /// One of several servers tells; the one that takes over tells everything once.
    private void tellInTurn() {
        if (store.turns().mine(TASK)) {
            tell();
        } else {
            told = new HashMap<>();
        }
    }

    private void pruneInTurn() {
        if (store.turns().mine(TASK)) {
            prune();
            store.fold();
        }
    }

    /// Publishes what differs from what was told last.
    void tell() {
        Map<String, Object> now = store.read(handle -> standing(handle, clock.instant()));
        Map<String, Object> news = new LinkedHashMap<>(now);
        news.entrySet().removeIf(entry -> entry.getValue().equals(told.get(entry.getKey())));
        Set<String> missing = new HashSet<>(told.keySet());
        missing.removeAll(now.keySet());
        if (!news.isEmpty() || !missing.isEmpty()) {
            store.writing(
                    handle -> {
                        news.forEach((id, value) -> publish(handle, id, value));
                        missing.stream()
                                .filter(id -> gone(handle, id))
                                .forEach(id -> publish(handle, id, null));
                    });
        }
        told = now;
    }

    /// A group may be missing only because others failed later.
    private boolean gone(Handle handle, String id) {
        return reads.failure(handle, id.substring(id.indexOf('|') + 1)).isEmpty();
    }

    void prune() {
        pruner.prune();
    }

    /// Queues, groups and types by kind and id, so that neither can take the other's name.
    private Map<String, Object> standing(Handle handle, Instant now) {
        Map<String, Object> standing = new LinkedHashMap<>();
        for (QueueStatus queue : reads.statuses(handle, now)) {
            standing.put(Kind.QUEUE + "|" + queue.name(), queue);
        }
        for (FailureGroup group : reads.failures(handle, GROUPS, 0)) {
            standing.put(Kind.FAILURE_GROUP + "|" + group.fingerprint(), group);
        }
        for (TypeStatus type : JobTypes.statuses(handle, now)) {
            standing.put(Kind.JOB_TYPE + "|" + type.type(), type);
        }
        return standing;
    }

    private void publish(Handle handle, String id, @Nullable Object value) {
        int bar = id.indexOf('|');
        events.publish(handle, Kind.valueOf(id.substring(0, bar)), id.substring(bar + 1), value);
    }
}
