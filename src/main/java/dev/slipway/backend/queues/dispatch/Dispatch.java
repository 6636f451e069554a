package dev.slipway.backend.queues.dispatch;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.backend.rounds.Rounds;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// How jobs come to workers: embedded, by looking into the state database, or by a broker, which
/// one of these in each process feeds and listens to.
public final class Dispatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Dispatch.class.getName());
    private static final String TASK = "dispatch-sweep";
    private static final Duration SWEEP = Duration.ofSeconds(1);

    private final StateStore store;
    private final Broker broker;
    private final Health health;
    private final Relay relay;
    private final Sweep sweep;
    private final BrokerUsers users;
    private final String url;
    private final List<String> beside;
    private final Rounds rounds = new Rounds(Dispatch.class, TASK);
    private final Rounds living = new Rounds(Dispatch.class, "broker-user");
    private final AtomicBoolean started = new AtomicBoolean();

    /// @param process names this process among all
    /// @param beside types of job that workers look for in the state database all the same
    public Dispatch(
            StateStore store,
            Events events,
            BrokerSettings settings,
            InstantSource clock,
            String process,
            Collection<String> beside) {
        this.store = store;
        this.broker = new Rabbit(settings, process);
        this.health = new Health(store, events, clock, process);
        this.relay = new Relay(store, broker, health, clock);
        this.sweep = new Sweep(store, broker, clock);
        this.users = new BrokerUsers(store, events, clock, process);
        this.url = settings.url().toString();
        this.beside = List.copyOf(beside);
        health.use(url, beside);
    }

    /// How the broker stands.
    public static BrokerStatus status(StateStore store, InstantSource clock) {
        return store.read(handle -> Health.read(handle, clock.instant()));
    }

    /// Whether jobs of a type can't come to a worker now. What else waits is not counted.
    public static boolean keepsFromWorkers(Handle handle, String type) {
        return Health.keepsFromWorkers(handle, type);
    }

    /// What the live stream begins with: nothing where no broker is used.
    public static List<Change> snapshot(StateStore store, InstantSource clock) {
        BrokerStatus status = status(store, clock);
        return status.state() == BrokerStatus.State.UNUSED
                ? List.of()
                : List.of(new Change(Kind.JOB_BROKER.wire(), Health.ID, status.since(), status));
    }

    /// Begins to relay what comes due; once.
    public void start() {
        if (!started.compareAndSet(false, true)) {
            return;
        }
        relay.start();
        living.every(BrokerUsers.EVERY, "that the broker is used could not be told", this::uses);
        rounds.every(SWEEP, SWEEP, "due jobs could not be looked for; trying again", this::sweep);
    }

    /// Begins to bring jobs to a worker.
    public Deliveries deliveries(int threads) {
        return broker.consume(threads);
    }

    private void uses() {
        if (!users.uses()) {
            LOG.log(
                    WARNING,
                    "the broker of the queues was turned off, by a backend of an earlier version"
                            + " that is configured without it, say; it is used again");
            health.use(url, beside);
            users.uses();
        }
    }

    private void sweep() {
        try {
            if (store.turns().mine(TASK)) {
                int found = sweep.sweep();
                if (found > 0) {
                    LOG.log(INFO, "{0} due jobs had no message and are offered again", found);
                }
            }
        } catch (IOException e) {
            health.away(e);
        }
    }

    @Override
    public void close() {
        rounds.breakOff();
        living.close();
        leave();
        relay.close();
        broker.close();
    }

    /// So that a backend without a broker need not wait until this process is forgotten.
    private void leave() {
        if (!started.get()) {
            return;
        }
        try {
            users.leaves();
        } catch (RuntimeException e) {
            LOG.log(WARNING, "it could not be told that this process ends", e);
        }
    }
}
