package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.ledger.LedgerRun;

/// A run that can't begin or go on, with the reason and what to do now.
public final class Stopped extends Exception {
    private static final long serialVersionUID = 1L;

    public Stopped(String reason) {
        super(reason);
    }

    /// @throws Stopped if no one can tell a run's keys from those of another plan
    public static void ifMixed(LedgerRun run) throws Stopped {
        if (run.mixed()) {
            throw new Stopped(
                    "an earlier version wrote run %s of the plan '%s' into this target together with another plan whose steps have the same names, and kept both plans' keys as one; nothing was changed. Empty the tables of this plan and migrate it anew: its keys are then kept apart"
                            .formatted(run.id(), run.plan()));
        }
    }
}
