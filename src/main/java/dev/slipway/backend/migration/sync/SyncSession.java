package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.engine.Mappings;
import dev.slipway.backend.migration.engine.PreparedStep;
import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.MatchKeys;
import dev.slipway.backend.migration.ledger.SyncProgress;
import dev.slipway.backend.migration.ledger.SyncProgress.Whole;
import dev.slipway.backend.migration.source.Position;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.target.Target;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// A sync over one pair of connections, one small piece of work at a time. Each piece is one
/// transaction of the target with the position in it.
final class SyncSession {
    private static final int CHANGES_AT_ONCE = 2_000;
    private static final Duration KEPT_EVERY = Duration.ofSeconds(10);

    private final String runId;
    private final Source source;
    private final Target target;
    private final InstantSource clock;
    private final Lag lag;
    private final Gentle gentle;
    private final List<Coverage> coverage;
    private final ChangeLog log;
    private final SyncProgress progress;
    private final Mappings mappings;
    private final Map<String, StepSync> steps = new LinkedHashMap<>();
    private final Comparing comparing;

    private SyncProgress.State state;
    private Position applied;
    private Instant kept = Instant.EPOCH;
    private Instant currentAt;
    private Instant sourceTime;
    private long changes;
    private long waiting;

    SyncSession(
            String runId,
            Map<String, PreparedStep> prepared,
            List<Coverage> coverage,
            Source source,
            Target target,
            Ledger ledger,
            ChangeLog log,
            SyncProgress.State state,
            Gentle gentle,
            InstantSource clock)
            throws SQLException {
        this.runId = runId;
        this.source = source;
        this.target = target;
        this.clock = clock;
        this.lag = new Lag(clock);
        this.gentle = gentle;
        this.coverage = coverage;
        this.log = log;
        this.progress = new SyncProgress(ledger, runId);
        String space = ledger.keySpace(runId);
        this.mappings = new Mappings(target, new MatchKeys(ledger, space), prepared);
        prepared.forEach(
                (name, step) ->
                        steps.put(
                                name,
                                new StepSync(
                                        runId, step, mappings, source, target, ledger, space)));
        for (StepSync step : steps.values()) {
            for (var link : step.mapping.links()) {
                StepSync of = steps.get(link.step());
                if (of != null) {
                    of.names.asked(link.by());
                }
            }
        }
        this.comparing =
                new Comparing(steps, mappings, target, progress, state, clock, this::quiet);
        this.state = state;
        this.applied = state.position();
        this.changes = state.changes();
        this.currentAt = state.currentAt();
        this.sourceTime = state.sourceTime();
    }

    /// What a piece of work came to.
    enum Did {
        /// There is more to do at once.
        WORKED,
        /// Everything up to now is applied.
        CURRENT,
        /// There is nothing to do yet, but something is on its way.
        WAITS
    }

    /// Waits, and lets others write to the target meanwhile.
    void rest(Runnable wait) throws SQLException {
        target.letGo();
        try {
            wait.run();
        } finally {
            target.takeUp();
        }
    }

    /// Does the next piece of work.
    ///
    /// @throws SQLException if a database fails; the target is as it was before
    Did next() throws SQLException, Stopped {
        try {
            return piece();
        } catch (SQLException | RuntimeException | Stopped e) {
            mappings.forget();
            if (target.connection().isValid(5)) {
                target.connection().rollback();
            }
            throw e;
        }
    }

    private Did piece() throws SQLException, Stopped {
        lag.measure(source);
        gentle.idle();
        if (!state.looked()) {
            return looked();
        }
        Position now = source.position();
        Changes some = log.next(CHANGES_AT_ONCE, now);
        waiting = some.waiting();
        if (!some.changes().isEmpty()) {
            apply(some);
            return Did.WORKED;
        }
        if (some.position() != null) {
            pass(some.position(), some.sourceTime());
        }
        if (now.known() && !log.reached(applied, now)) {
            return Did.WAITS;
        }
        if (!progress.open().isEmpty()) {
            return looked();
        }
        currentAt = clock.instant();
        target.connection().rollback();
        return Did.CURRENT;
    }

    private Did looked() throws SQLException, Stopped {
        if (!gentle.mayLook()) {
            target.connection().rollback();
            return Did.WAITS;
        }
        look();
        return Did.WORKED;
    }

    private void look() throws SQLException, Stopped {
        Map<String, Whole> open = progress.open();
        Optional<StepSync> next =
                steps.values().stream().filter(s -> open.containsKey(s.name)).findFirst();
        if (next.isEmpty()) {
            progress.looked();
            keep();
            return;
        }
        StepSync step = next.get();
        Set<String> unread = state.looked() ? Set.of() : open.keySet();
        var batch = new Batch(steps, mappings, others(unread, step));
        Whole whole = open.getOrDefault(step.name, new Whole(step.name, false, List.of()));
        var look = new Look(step);
        Optional<Whole> now = look.page(whole, batch);
        gentle.read(look.read());
        if (now.isPresent()) {
            progress.read(now.get());
        } else {
            progress.ended(step.name);
        }
        progress.wrote(batch.rows());
        keep(); // whoever was overtaken meanwhile must not write what it read before
    }

    private static Set<String> others(Set<String> names, StepSync step) {
        var others = new HashSet<>(names);
        others.remove(step.name);
        return others;
    }

    private void apply(Changes some) throws SQLException, Stopped {
        var batch = new Batch(steps, mappings, Set.of());
        for (Coverage step : coverage) {
            List<List<String>> keys = new ArrayList<>();
            boolean whole = false;
            for (Change change : some.changes()) {
                boolean all = change.key().keySet().containsAll(step.columns());
                if (change.table().equalsIgnoreCase(step.table())) {
                    whole |= !all;
                    if (all) {
                        keys.add(step.columns().stream().map(c -> key(change, c)).toList());
                    }
                }
                whole |= step.whole().stream().anyMatch(change.table()::equalsIgnoreCase);
            }
            batch.want(step.step(), keys);
            if (whole) {
                progress.whole(step.step());
            }
        }
        batch.run();
        progress.wrote(batch.rows());
        Position to = some.position() == null ? state.position() : some.position();
        advance(to, some.sourceTime(), some.changes().size());
        changes += some.changes().size();
    }

    private static String key(Change change, String column) {
        return change.key().getOrDefault(column, "");
    }

    /// Goes on over what concerns no step; that is not worth a transaction each time.
    private void pass(Position position, Instant time) throws SQLException, Stopped {
        boolean moved = !position.equals(applied);
        applied = position;
        sourceTime = time.isAfter(sourceTime) ? time : sourceTime;
        if (moved && clock.instant().isAfter(kept.plus(KEPT_EVERY))) {
            keep();
        }
    }

    private void advance(Position to, Instant time, long count) throws SQLException, Stopped {
        if (!progress.advance(state.position(), to, time, count)) {
            throw new Stopped(
                    "another sync of run "
                            + runId
                            + " goes on with it; this one ends and has changed nothing since");
        }
        kept = clock.instant();
        progress.current(currentAt);
        target.connection().commit();
        state = progress.state().orElse(state);
        applied = to;
        sourceTime = time.isAfter(sourceTime) ? time : sourceTime;
    }

    /// Keeps how far it is, so that a restart begins there.
    void keep() throws SQLException, Stopped {
        advance(applied, sourceTime, 0);
    }

    /// Compares a range, if it is time for it and the source is well. To be called when all is
    /// applied.
    ///
    /// @return whether anything was compared
    boolean compare(boolean atOnce) throws SQLException {
        boolean compared = gentle.mayCompare() && comparing.verify(atOnce);
        if (compared) {
            gentle.read(Verification.ROWS);
        }
        return compared;
    }

    /// What was compared with what is applied, and when.
    Comparing comparing() {
        return comparing;
    }

    /// Whether nothing has changed in the source since the last look at its log.
    boolean quiet() throws SQLException {
        Position now = source.position();
        return now.known() && log.reached(applied, now);
    }

    /// How many steps there are.
    int size() {
        return steps.size();
    }

    SyncStatus status(Did did) throws SQLException {
        SyncStatus.Phase phase = SyncStatus.Phase.CATCHING_UP;
        String detail = "";
        if (!comparing.differs().isEmpty()) {
            phase = SyncStatus.Phase.DIFFERS;
            detail = comparing.differs();
        } else if (!state.looked()) {
            phase = SyncStatus.Phase.LOOKING;
            detail = String.join(", ", progress.open().keySet());
        } else if (did == Did.CURRENT) {
            phase = SyncStatus.Phase.CURRENT;
        }
        return new SyncStatus(
                runId,
                phase,
                detail,
                text(applied),
                behind(did),
                waiting,
                changes,
                state.rows().inserted(),
                state.rows().updated(),
                state.rows().deleted(),
                comparing.verifiedAt(),
                comparing.wholeAt(),
                gentle.waits());
    }

    private static String text(Position position) {
        return position.file() + ":" + position.offset();
    }

    private long behind(Did did) {
        if (did == Did.CURRENT) {
            return 0;
        }
        return state.looked() ? lag.seconds(sourceTime, currentAt) : -1;
    }
}
