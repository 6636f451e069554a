package dev.slipway.backend.queues.dispatch;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;

import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.backend.store.StateStore;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/// How jobs come to workers: embedded, by looking into the state database, or by a broker, which
/// one of these in each process feeds and listens to.
public final class Dispatch implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Dispatch.class.getName());
    private static final String TASK = "dispatch-sweep";
    private static final int SWEEP_SECONDS = 1;

    private final StateStore store;
    private final Broker broker;
    private final Health health;
    private final Relay relay;
    private final Sweep sweep;
    private final ScheduledExecutorService timer;
    private final AtomicBoolean started = new AtomicBoolean();

    /// @param process names this process among all
    public Dispatch(
            StateStore store, BrokerSettings settings, InstantSource clock, String process) {
        this.store = store;
        this.broker = new Rabbit(settings, process);
        this.health = new Health(store, clock, process);
        this.relay = new Relay(store, broker, health, clock);
        this.sweep = new Sweep(store, broker, clock);
        this.timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name(TASK).daemon().factory());
        store.writing(
                handle -> Health.use(handle, true, settings.url().toString(), clock.instant()));
    }

    /// Has workers look for jobs in the state database, whatever was before.
    public static void embedded(StateStore store, InstantSource clock) {
        store.writing(handle -> Health.use(handle, false, "", clock.instant()));
    }

    /// How the broker stands.
    public static BrokerStatus status(StateStore store, InstantSource clock) {
        return store.read(handle -> Health.read(handle, clock.instant()));
    }

    /// Begins to relay what comes due; once.
    public void start() {
        if (!started.compareAndSet(false, true)) {
            return;
        }
        relay.start();
        timer.scheduleWithFixedDelay(this::sweep, SWEEP_SECONDS, SWEEP_SECONDS, TimeUnit.SECONDS);
    }

    /// Begins to bring jobs to a worker.
    public Deliveries deliveries(int threads) {
        return broker.consume(threads);
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
        } catch (RuntimeException e) {
            LOG.log(ERROR, "due jobs could not be looked for; trying again", e);
        }
    }

    @Override
    public void close() {
        timer.shutdownNow();
        relay.close();
        broker.close();
    }
}
