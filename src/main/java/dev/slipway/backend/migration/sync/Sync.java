package dev.slipway.backend.migration.sync;

import dev.slipway.api.migration.RunState;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.engine.Preparation;
import dev.slipway.backend.migration.engine.PreparedStep;
import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.ledger.Chunks;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.LedgerRun;
import dev.slipway.backend.migration.ledger.Positions;
import dev.slipway.backend.migration.ledger.SyncProgress;
import dev.slipway.backend.migration.ledger.SyncTables;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.Window;
import dev.slipway.backend.migration.source.Lost;
import dev.slipway.backend.migration.source.Position;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.backend.migration.throttle.Gate;
import dev.slipway.backend.migration.throttle.Pacer;
import dev.slipway.config.BadFile;
import dev.slipway.config.Database;

import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// Keeps the target of a copied run up to date with its source, until it is told to end. Killed at
/// any moment, it goes on where the target says that it was.
public final class Sync {
    private static final Duration IDLE = Duration.ofMillis(200);
    private static final Duration TOLD_EVERY = Duration.ofSeconds(1);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final long LONGEST_WAIT = 30;

    /// Long enough for a page of a table without an index; then whoever should answer has vanished.
    private static final Duration ANSWER = Duration.ofMinutes(5);

    private final MigrationPlan plan;
    private final Database from;
    private final Database to;
    private final SyncListener listener;
    private final InstantSource clock;
    private final CountDownLatch ending = new CountDownLatch(1);
    private Instant told = Instant.EPOCH;
    private boolean current;
    private boolean anew;
    private boolean untilCurrent;
    private boolean worked;
    private boolean patient;
    private boolean opened;
    private Duration answer = ANSWER;
    private String runId = "";
    private Window window = Window.ALWAYS;
    private Braking braking = _ -> Gate.OPEN;
    private int rowsPerSecond;
    private SyncStatus last = SyncStatus.NONE;
    private Instant lastAt = Instant.EPOCH;

    public Sync(
            MigrationPlan plan,
            Database from,
            Database to,
            SyncListener listener,
            InstantSource clock) {
        this.plan = plan;
        this.from = from;
        this.to = to;
        this.listener = listener;
        this.clock = clock;
    }

    /// Takes the source's present position and reads every step whole, whatever was known.
    public Sync anew() {
        anew = true;
        return this;
    }

    /// Ends when the target is what the source is, and a range of each step is compared.
    public Sync untilCurrent() {
        untilCurrent = true;
        return this;
    }

    /// Waits for databases that do not answer at the beginning, too.
    public Sync patiently() {
        patient = true;
        return this;
    }

    /// How long a database may take to answer before its connection counts as lost.
    Sync answeredWithin(Duration limit) {
        answer = limit;
        return this;
    }

    /// Makes the ceilings that a source is watched by while it is read.
    @FunctionalInterface
    public interface Braking {
        /// @throws BadFile if something can never be measured here
        Gate of(Source source);
    }

    /// Reads whole steps only while the window is open, and them and what is compared only while
    /// the ceilings hold and at a rate. What the log names is always read.
    ///
    /// @param rowsPerSecond 0: any
    public Sync gently(Window when, Braking ceilings, int rowsPerSecond) {
        this.window = when;
        this.braking = ceilings;
        this.rowsPerSecond = rowsPerSecond;
        return this;
    }

    /// Goes on with no other run than this.
    public Sync of(String run) {
        runId = run;
        return this;
    }

    /// Lets the sync end after what it is at. May be called from any thread.
    public void end() {
        ending.countDown();
    }

    /// Works until told to end.
    ///
    /// @return whether all was well: nothing that was compared differed
    /// @throws BadFile if the plan does not fit the databases
    /// @throws Stopped if it can't begin or go on, with what to do now
    /// @throws SQLException if a database can't be reached at the beginning
    public boolean run() throws SQLException, Stopped {
        long wait = 1;
        while (true) {
            try {
                return session();
            } catch (SQLException e) {
                if (!(worked || patient) || !Lost.is(e)) {
                    throw e;
                }
                wait = opened ? 1 : Math.min(2 * wait, LONGEST_WAIT);
                opened = false;
                if (waited(e, wait)) {
                    return true;
                }
            }
        }
    }

    /// Tells each second that it waits.
    ///
    /// @return whether it is to end
    private boolean waited(SQLException e, long seconds) {
        for (long left = seconds; left > 0; left--) {
            String why =
                    "a database does not answer: %s; it is tried again in %d s"
                            .formatted(e.getMessage(), left);
            long more = Math.max(0, Duration.between(lastAt, clock.instant()).toSeconds());
            listener.status(last.cutOff(why, more));
            if (sleep(SECOND)) {
                return true;
            }
        }
        return false;
    }

    /// @return whether it is to end
    private boolean sleep(Duration wait) {
        try {
            return ending.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private boolean session() throws SQLException, Stopped {
        try (Source source = Sources.open(from);
                Target target = Targets.open(to)) {
            source.answersWithin(answer);
            target.answersWithin(answer);
            var ledger = new Ledger(target, clock);
            LedgerRun run = copied(ledger, target);
            Map<String, PreparedStep> steps = steps(plan, source, target);
            List<Coverage> coverage = covered(plan, new CoverageCheck(source).of(steps.values()));
            SyncTables.prepare(ledger);
            SyncProgress.State state = state(run.id(), source, ledger, List.copyOf(steps.keySet()));
            try (ChangeLog log = ChangeLogs.open(from, source, state.position(), coverage, answer);
                    Gate ceilings = braking.of(source)) {
                var session =
                        new SyncSession(
                                run.id(),
                                steps,
                                coverage,
                                source,
                                target,
                                ledger,
                                log,
                                state,
                                new Gentle(
                                        window,
                                        ceilings,
                                        rowsPerSecond,
                                        clock,
                                        new Pacer(System::nanoTime)),
                                clock);
                worked = true;
                opened = true;
                var revalidation =
                        new Revalidation(run, plan, steps, source, target, ledger, clock);
                if (revalidation.holds()) {
                    listener.validated();
                }
                return work(session, revalidation);
            }
        }
    }

    /// The latest run of the plan, if its copy is at its end.
    private LedgerRun copied(Ledger ledger, Target target) throws SQLException, Stopped {
        if (!ledger.exists()) {
            throw new Stopped("nothing was migrated into this target; run 'migrate' first");
        }
        ledger.prepare();
        LedgerRun run = ledger.latest(plan.name()).orElse(null);
        if (run == null || run.state() == RunState.CANCELLED) {
            throw new Stopped(
                    "there is no run of the plan '"
                            + plan.name()
                            + "' in this target; run"
                            + " 'migrate' first");
        }
        if (!runId.isEmpty() && !runId.equals(run.id())) {
            throw new Stopped(
                    "run %s is not the latest of its plan in this target: that is run %s. Nothing was changed; sync that one"
                            .formatted(runId, run.id()));
        }
        if (!run.hash().equals(plan.hash())) {
            throw new Stopped(
                    "the plan was changed since run "
                            + run.id()
                            + " began with it; nothing was changed. Put the old plan back, or"
                            + " migrate anew");
        }
        Stopped.ifMixed(run);
        var chunks = new Chunks(ledger, new Worker("sync"));
        for (var step : plan.steps()) {
            var known = ledger.step(run.id(), step.name());
            var totals = chunks.totals(run.id(), step.name());
            if (known.isEmpty() || !known.get().opened() || totals.chunks() > totals.chunksDone()) {
                throw new Stopped(
                        "run %s has not copied step '%s' to its end; run 'migrate' to its end, then"
                                        .formatted(run.id(), step.name())
                                + " the sync brings what changed meanwhile");
            }
        }
        target.connection().rollback();
        return run;
    }

    /// The plan's steps, held against both databases. Tables that the plan brings and that are not
    /// there yet are made and unmade.
    ///
    /// @throws BadFile if they do not fit
    public static Map<String, PreparedStep> steps(MigrationPlan plan, Source source, Target target)
            throws SQLException {
        var preparation = new Preparation(plan, source, target, Converters.STANDARD);
        preparation.makeTables();
        Map<String, PreparedStep> steps = preparation.prepare(false);
        target.connection().rollback();
        preparation.problems().throwIfAny(plan.name());
        return steps;
    }

    private static List<Coverage> covered(MigrationPlan plan, List<Coverage> coverage)
            throws Stopped {
        String not =
                coverage.stream()
                        .filter(c -> c.how() == Coverage.How.NOT_SYNCED)
                        .map(c -> "line " + c.line() + ": step '" + c.step() + "': " + c.problem())
                        .collect(Collectors.joining("; "));
        if (!not.isEmpty()) {
            throw new Stopped("the plan '" + plan.name() + "' can't be synced: " + not);
        }
        return coverage;
    }

    private SyncProgress.State state(String runId, Source source, Ledger ledger, List<String> steps)
            throws SQLException, Stopped {
        var progress = new SyncProgress(ledger, runId);
        SyncProgress.State known = progress.state().orElse(null);
        if (known != null && !anew) {
            return known;
        }
        Position position =
                anew
                        ? source.position()
                        : new Positions(ledger)
                                .of(runId)
                                .orElse(Position.unknown("it began before positions were noted"));
        if (!position.known()) {
            throw new Stopped(
                    anew
                            ? "the source's position is not known: " + position.unknown()
                            : "run %s has no position in the source's log to go on from: %s. Put that"
                                            .formatted(runId, position.unknown())
                                    + " right and run the sync with --anew: it reads every step"
                                    + " whole and goes on from now");
        }
        progress.begin(position, steps);
        ledger.commit();
        anew = false;
        return progress.state().orElseThrow();
    }

    private boolean work(SyncSession session, Revalidation revalidation)
            throws SQLException, Stopped {
        int compared = 0;
        while (ending.getCount() > 0) {
            SyncSession.Did did = session.next();
            boolean idle = did != SyncSession.Did.WORKED;
            if (did == SyncSession.Did.CURRENT) {
                if (session.compare(untilCurrent)) {
                    compared++;
                    idle = !untilCurrent;
                }
                if (revalidation.check(session.comparing().wholeAt(), session::quiet)) {
                    listener.validated();
                }
            }
            tell(session, did);
            boolean differs = !session.comparing().differs().isEmpty();
            if (untilCurrent && (differs || compared >= session.size())) {
                return end(session, did);
            }
            if (idle) {
                session.rest(() -> sleep(IDLE));
            }
        }
        return end(session, SyncSession.Did.WAITS);
    }

    private boolean end(SyncSession session, SyncSession.Did did) throws SQLException, Stopped {
        session.keep();
        tell(session.status(did));
        return session.comparing().differs().isEmpty();
    }

    /// What a busy shop does meanwhile does not count: it is current if it was since it last told.
    private void tell(SyncSession session, SyncSession.Did did) throws SQLException {
        Instant now = clock.instant();
        current = did == SyncSession.Did.CURRENT || current && did != SyncSession.Did.HELD;
        if (now.isAfter(told.plus(TOLD_EVERY))) {
            told = now;
            tell(session.status(current ? SyncSession.Did.CURRENT : did));
            current = false;
        }
    }

    private void tell(SyncStatus status) {
        last = status;
        lastAt = clock.instant();
        listener.status(status);
    }
}
