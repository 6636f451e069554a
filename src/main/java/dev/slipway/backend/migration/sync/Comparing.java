package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.engine.Mappings;
import dev.slipway.backend.migration.ledger.SyncProgress;
import dev.slipway.backend.migration.target.Target;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The comparing of a sync: range after range, beside the applying, and what was found by it.
final class Comparing {
    /// Comparing takes one part of the time in so many.
    private static final int SHARE = 10;

    private static final int TRIES = 5;

    private final Map<String, StepSync> steps;
    private final Mappings mappings;
    private final Target target;
    private final SyncProgress progress;
    private final InstantSource clock;
    private final Quiet quiet;
    private final Verification verification;

    private Instant next = Instant.EPOCH;
    private Instant verifiedAt;
    private Instant wholeAt;
    private final Map<String, String> differing = new LinkedHashMap<>();
    private final Set<String> stubborn = new LinkedHashSet<>();
    private int tries;

    /// @param state how far it was when the session began
    /// @param quiet whether the source is
    Comparing(
            Map<String, StepSync> steps,
            Mappings mappings,
            Target target,
            SyncProgress progress,
            SyncProgress.State state,
            InstantSource clock,
            Quiet quiet) {
        this.steps = steps;
        this.mappings = mappings;
        this.target = target;
        this.progress = progress;
        this.clock = clock;
        this.quiet = quiet;
        this.verification = new Verification(List.copyOf(steps.values()));
        this.verifiedAt = state.verifiedAt();
        this.wholeAt = state.wholeAt();
    }

    /// Whether nothing has changed in the source since the last look at its log: else what was
    /// compared may have been ahead of what is applied.
    @FunctionalInterface
    interface Quiet {
        boolean now() throws SQLException;
    }

    /// Compares a range of the next step, if it is time for it. To be called when all is applied.
    /// What is found while the source changes is looked at again at once, a few times: what was
    /// read of the source may have been ahead of what is applied.
    ///
    /// @return whether anything was compared
    boolean verify(boolean atOnce) throws SQLException {
        Instant now = clock.instant();
        if (!atOnce && now.isBefore(next)) {
            return false;
        }
        StepSync step = verification.next();
        List<String> found;
        try {
            found = verification.differences(step, new Batch(steps, mappings, Set.of()));
        } finally {
            mappings.forget();
            target.connection().rollback();
        }
        if (tries == 0) {
            stubborn.clear();
            stubborn.addAll(found);
        }
        stubborn.retainAll(found);
        if (!found.isEmpty() && !quiet.now() && ++tries < TRIES) {
            verification.again();
            return true;
        }
        // a change on its way is applied between two tries: what differs in all of them is none
        List<String> differs = tries == TRIES ? List.copyOf(stubborn) : found;
        tries = 0;
        Instant then = clock.instant();
        next = then.plus(Duration.between(now, then).multipliedBy(SHARE - 1));
        if (found.isEmpty()) {
            passed(step);
        } else if (!differs.isEmpty()) {
            differs(step, differs);
        }
        return true;
    }

    /// Until every row was compared again nothing counts as compared whole: what differs is known
    /// here alone, and the next session would not know it.
    private void differs(StepSync step, List<String> found) throws SQLException {
        differing.put(
                step.name, "step %s: %s".formatted(step.name, String.join("; ", first(found))));
        wholeAt = Instant.EPOCH;
        progress.whole(wholeAt);
        target.connection().commit();
    }

    private void passed(StepSync step) throws SQLException {
        differing.remove(step.name);
        verifiedAt = clock.instant();
        if (verification.passed(step)) {
            wholeAt = verifiedAt;
            progress.whole(wholeAt);
        }
        progress.verified(verifiedAt);
        target.connection().commit();
    }

    private static List<String> first(List<String> found) {
        return found.subList(0, Math.min(5, found.size()));
    }

    /// What was found to differ; empty if nothing was.
    String differs() {
        return String.join("; ", differing.values());
    }

    /// When a range was last found to be the same.
    Instant verifiedAt() {
        return verifiedAt;
    }

    /// When all rows had been found to be the same, or [Instant#EPOCH].
    Instant wholeAt() {
        return wholeAt;
    }
}
