package dev.slipway.backend.queues;

import static java.lang.System.Logger.Level.ERROR;

import dev.slipway.backend.http.AuditTrail;
import dev.slipway.backend.queues.holds.Holds;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Looks once a second for pauses whose time has come, and for cancelled jobs whose worker died.
/// One runs in each server; two that see the same do it once.
public final class HoldWatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(HoldWatch.class.getName());

    private final StateStore store;
    private final Holds holds;
    private final Orphans orphans;
    private final AuditTrail audit;
    private final InstantSource clock;
    private final ScheduledExecutorService timer;

    public HoldWatch(
            StateStore store, Holds holds, Events events, AuditTrail audit, InstantSource clock) {
        this.store = store;
        this.holds = holds;
        this.orphans = new Orphans(events);
        this.audit = audit;
        this.clock = clock;
        this.timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("hold-watch").daemon().factory());
    }

    public void start() {
        timer.scheduleWithFixedDelay(this::quietly, 0, 1, TimeUnit.SECONDS);
    }

    @Override
    public void close() {
        // waits for what runs: the database is closed next
        timer.close();
    }

    private void quietly() {
        try {
            look();
        } catch (Exception e) { // the timer's boundary: it must come again
            LOG.log(ERROR, "pauses and cancelled jobs could not be looked at", e);
        }
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
