package dev.slipway.backend.http;

import dev.slipway.backend.http.AuditTrail.Act;
import dev.slipway.backend.store.StateStore;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.InstantSource;

/// Notes writes that never became a command: refused at the door, or a log-in. What no one answers
/// for (no user is known) is noted at most so often a minute, or anyone could fill the disk.
final class RefusedWrites {
    private static final Logger LOG = System.getLogger(RefusedWrites.class.getName());
    private static final int ANONYMOUS_PER_MINUTE = 60;
    private static final long MINUTE = 60_000;

    private final StateStore store;
    private final AuditTrail audit;
    private final InstantSource clock;
    private long minute;
    private int noted;

    RefusedWrites(StateStore store, AuditTrail audit, InstantSource clock) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    void note(Act act) {
        if (!act.user().isEmpty() || act.status() < 400 || room()) {
            store.writing(handle -> audit.append(handle, act));
        }
    }

    private synchronized boolean room() {
        long now = clock.millis() / MINUTE;
        if (now != minute) {
            if (noted > ANONYMOUS_PER_MINUTE) {
                LOG.log(
                        Level.WARNING,
                        "{0} refused writes of unknown users were left out of the audit log",
                        noted - ANONYMOUS_PER_MINUTE);
            }
            minute = now;
            noted = 0;
        }
        return noted++ < ANONYMOUS_PER_MINUTE;
    }
}
