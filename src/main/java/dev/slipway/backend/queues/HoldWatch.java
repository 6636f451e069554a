package dev.slipway.backend.queues;

import dev.slipway.backend.http.AuditTrail;
import dev.slipway.backend.queues.holds.Holds;
import dev.slipway.backend.rounds.Rounds;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// Looks once a second for pauses whose time has come, and for cancelled jobs whose worker died.
/// One runs in each server; two that see the same do it once.
public final class HoldWatch implements AutoCloseable {
    private final StateStore store;
    private final Holds holds;
    private final Orphans orphans;
    private final AuditTrail audit;
    private final InstantSource clock;
    private final Rounds rounds = new Rounds(HoldWatch.class, "hold-watch");

    public HoldWatch(
            StateStore store, Holds holds, Events events, AuditTrail audit, InstantSource clock) {
        this.store = store;
        this.holds = holds;
        this.orphans = new Orphans(events);
        this.audit = audit;
        this.clock = clock;
    }

    public void start() {
        rounds.every(
                Duration.ofSeconds(1),
                "pauses and cancelled jobs could not be looked at",
                this::look);
    }

    @Override
    public void close() {
        rounds.close();
    }

    /// Writes only where there is something to do.
    void look() {
        Instant now = clock.instant();
        if (store.read(holds::anyOver)) {
            store.writing(handle -> holds.expire(handle, audit));
        }
        List<StoredJob> left = store.read(handle -> orphans.find(handle, now));
        if (!left.isEmpty()) {
            store.writing(handle -> left.forEach(job -> orphans.end(handle, job, now)));
        }
    }
}
