package dev.slipway.backend.launch;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;
import dev.slipway.api.launch.Launch;
import dev.slipway.api.launch.SetWeight;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.rounds.Rounds;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// Keeps the router at what people intend. What is intended stands in the state database and
/// survives every restart; each second it is held against what the router reports, and applied
/// again where the two differ.
public final class LaunchService implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LaunchService.class.getName());
    private static final String TASK = "launch";
    private static final Duration EVERY = Duration.ofSeconds(1);

    private final StateStore store;
    private final Events events;
    private final Router router;
    private final Supplier<Traffic> traffic;
    private final InstantSource clock;
    private final Rounds rounds = new Rounds(LaunchService.class, "launch");

    /// One conversation with the router at a time; state transactions are never held over it.
    private final ReentrantLock conversation = new ReentrantLock();

    /// A rollback that the state database did not take yet. It counts as intended.
    private volatile Intent.@Nullable Change unwritten;

    private volatile Observed observed = new Observed(null, "the router was not asked yet");
    private volatile @Nullable Launch told;

    /// @param reported null if the router did not answer
    /// @param problem why it does not follow, or null
    private record Observed(@Nullable Integer reported, @Nullable String problem) {}

    /// @param traffic the requests of the last minute
    public LaunchService(
            StateStore store,
            Events events,
            Router router,
            Supplier<Traffic> traffic,
            InstantSource clock) {
        this.store = store;
        this.events = events;
        this.router = router;
        this.traffic = traffic;
        this.clock = clock;
    }

    public void start() {
        rounds.every(EVERY, "the launch could not be looked at", this::tick);
    }

    @Override
    public void close() {
        rounds.breakOff();
    }

    /// How the launch stands.
    public Launch launch() {
        return launch(intent());
    }

    public List<Change> snapshot() {
        return List.of(new Change(Kind.LAUNCH.wire(), "launch", clock.instant(), launch()));
    }

    /// @throws dev.slipway.backend.http.Refused 409
    public Effect<Launch> setWeight(SetWeight weight, String user) {
        var change = change(user, weight.reason());
        return change(intent -> intent.weight(weight.newPercent(), weight.expected(), change));
    }

    public Effect<Launch> hold(String user, String reason) {
        var change = change(user, reason);
        return change(intent -> intent.hold(change));
    }

    public Effect<Launch> resume(String user, String reason) {
        var change = change(user, reason);
        return change(intent -> intent.resume(change));
    }

    /// Sends all traffic to the legacy pool. Neither a hold nor an absent router nor a state
    /// database that can't be written refuses it: it is intended at once and tried until it holds.
    public Launch rollback(String user, String reason) throws InterruptedException {
        var change = change(user, reason);
        unwritten = change;
        try {
            writeRollback(change);
        } catch (RuntimeException e) {
            LOG.log(ERROR, "the rollback is not in the state database yet", e);
        }
        follow();
        try {
            return tell();
        } catch (RuntimeException e) {
            LOG.log(ERROR, "the rollback could not be told", e);
            return launch();
        }
    }

    /// Milliseconds are what the state database keeps.
    private Intent.Change change(String user, String reason) {
        return new Intent.Change(user, clock.instant().truncatedTo(ChronoUnit.MILLIS), reason);
    }

    /// Writes an intent down, then has the router follow. If the router is away the intent stands
    /// and is tried again; the answer's problem says so.
    private Effect<Launch> change(UnaryOperator<Intent> act) {
        return Effect.of(
                        handle -> {
                            Intent intent = act.apply(rolledBack(IntentStore.read(handle)));
                            IntentStore.write(handle, intent);
                            Launch launch = launch(intent);
                            events.publish(handle, Kind.LAUNCH, "launch", launch);
                            return launch;
                        })
                .then(
                        () -> {
                            follow();
                            return tell();
                        });
    }

    private void writeRollback(Intent.Change change) {
        store.writing(
                handle -> {
                    Intent intent = IntentStore.read(handle).rollback(change);
                    IntentStore.write(handle, intent);
                    Launch launch = launch(intent);
                    events.publish(handle, Kind.LAUNCH, "launch", launch);
                    told = launch;
                });
        if (change.equals(unwritten)) {
            unwritten = null;
        }
    }

    private Intent intent() {
        try {
            return rolledBack(store.read(IntentStore::read));
        } catch (RuntimeException e) {
            Intent.Change change = unwritten;
            if (change == null) {
                throw e;
            }
            return Intent.first(change.at()).rollback(change);
        }
    }

    private Intent rolledBack(Intent stored) {
        Intent.Change change = unwritten;
        return change == null ? stored : stored.rollback(change);
    }

    private void tick() throws InterruptedException {
        try {
            Intent.Change change = unwritten;
            if (change != null) {
                writeRollback(change);
            }
        } catch (RuntimeException e) {
            LOG.log(ERROR, "the rollback is still not in the state database", e);
        }
        // of several servers one keeps the router at what is intended and tells; the others look
        boolean leads = unwritten != null || store.turns().mine(TASK);
        follow(leads);
        if (leads) {
            tell();
        }
    }

    /// Asks the router and applies what is intended if it reports something else.
    void follow() throws InterruptedException {
        follow(true);
    }

    private void follow(boolean applies) throws InterruptedException {
        conversation.lockInterruptibly();
        try {
            int reported = router.reported();
            int intended = intent().newPercent();
            if (applies && reported != intended) {
                LOG.log(INFO, "the router goes from {0} % to {1} %", reported, intended);
                router.apply(intended);
                reported = router.reported();
            }
            seen(
                    new Observed(
                            reported,
                            reported == intended
                                    ? null
                                    : "The router was told %d %% and reports %d %%; it is told again."
                                            .formatted(intended, reported)));
        } catch (Router.Away e) {
            seen(
                    new Observed(
                            null,
                            "The router does not answer (%s); what is intended is tried again"
                                            .formatted(e.getMessage())
                                    + " every second."));
        } finally {
            conversation.unlock();
        }
    }

    private void seen(Observed now) {
        if (now.problem != null && !now.problem.equals(observed.problem)) {
            LOG.log(WARNING, now.problem);
        }
        observed = now;
    }

    /// Publishes how the launch stands if that is different from what was told last.
    private Launch tell() {
        Launch launch = launch();
        if (!launch.equals(told)) {
            store.writing(handle -> events.publish(handle, Kind.LAUNCH, "launch", launch));
            told = launch;
        }
        return launch;
    }

    private Launch launch(Intent intent) {
        Observed seen = observed;
        Traffic now = traffic.get();
        return new Launch(
                intent.newPercent(),
                seen.reported,
                now.share().isPresent() ? now.share().getAsDouble() : null,
                now.requests(),
                intent.held(),
                intent.by(),
                intent.at(),
                intent.reason(),
                router.name(),
                seen.problem);
    }
}
