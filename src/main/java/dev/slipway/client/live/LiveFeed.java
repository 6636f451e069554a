package dev.slipway.client.live;

import dev.slipway.api.Health;
import dev.slipway.api.Page;
import dev.slipway.api.access.Session;
import dev.slipway.api.events.Kind;
import dev.slipway.api.metrics.Interval;
import dev.slipway.client.BackendClient;
import dev.slipway.client.http.EventStream;
import dev.slipway.client.http.EventStream.Item;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.ConnectionState;
import dev.slipway.client.offline.ConnectionState.LogInNeeded;
import dev.slipway.client.offline.ConnectionState.Offline;
import dev.slipway.client.offline.ConnectionState.Online;
import dev.slipway.client.offline.Document;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.client.offline.Resume;
import dev.slipway.client.offline.StoreException;

import org.jspecify.annotations.Nullable;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;

/// Keeps the offline store as the backend is: connects, takes a snapshot where it must, follows the
/// stream, and does it again by itself whenever it breaks.
public final class LiveFeed implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(LiveFeed.class.getName());

    /// How often a backend that wants a log-in is asked whether it is still there.
    private static final Duration LOG_IN_CHECK = Duration.ofSeconds(10);

    /// Intervals are kept for a day.
    private static final Duration KEPT = Duration.ofHours(24);

    private final BackendClient client;
    private final OfflineStore store;
    private final InstantSource clock;
    private final Consumer<ConnectionState> listener;
    private final Wire wire = new Wire();
    private final Backoff backoff = new Backoff(RandomGenerator.getDefault());
    private final Semaphore wake = new Semaphore(0);
    private final Thread thread;
    private volatile boolean closed;

    /// @param listener is told each new state, on the feed's own thread
    public LiveFeed(
            BackendClient client,
            OfflineStore store,
            InstantSource clock,
            Consumer<ConnectionState> listener) {
        this.client = client;
        this.store = store;
        this.clock = clock;
        this.listener = listener;
        this.thread = Thread.ofPlatform().daemon().name("live-feed").unstarted(this::run);
    }

    public void start() {
        thread.start();
    }

    /// Tries again now, for example after a log-in.
    public void wake() {
        wake.release();
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }

    private void run() {
        try {
            while (!closed) {
                pause(attempt());
            }
        } catch (InterruptedException e) {
            LOG.log(Level.DEBUG, "the live feed ends");
        } catch (StoreException e) {
            if (!closed) {
                LOG.log(Level.ERROR, "the live feed can't keep what it hears", e);
                enter(new Offline(store.heard(), "The offline store failed: " + e.getMessage()));
            }
        }
    }

    /// Connects and follows until it breaks.
    ///
    /// @return how long to wait before the next attempt
    private Duration attempt() throws InterruptedException {
        Health health;
        try {
            health = client.health();
        } catch (ProblemException e) {
            return offline(e.problem().detail());
        }
        try {
            client.refreshToken();
            Session session = client.session();
            heard();
            Resume position = position(health);
            keep(health);
            return follow(health, session, position);
        } catch (ProblemException e) {
            if (e.problem() instanceof Problem.Unauthorised(String detail)) {
                enter(new LogInNeeded(health, store.heard(), detail));
                return LOG_IN_CHECK;
            }
            return offline(e.problem().title() + ". " + e.problem().detail());
        }
    }

    private Resume position(Health health) throws ProblemException {
        Optional<Resume> known =
                store.resume().filter(resume -> resume.epoch().equals(health.epoch()));
        return known.isPresent() ? known.get() : takeSnapshot(health);
    }

    private Resume takeSnapshot(Health health) throws ProblemException {
        Wire.Read snapshot = wire.snapshot(client.live().snapshot());
        var position = new Resume(health.epoch(), snapshot.eventId());
        heard();
        store.replace(position, snapshot.changes().documents());
        store.keepIntervals(snapshot.changes().intervals());
        return position;
    }

    private Duration follow(Health health, Session session, Resume position)
            throws ProblemException, InterruptedException {
        Instant measuredUntil = store.intervalsMissingFrom();
        Duration limit = Duration.ofSeconds(Math.max(1, health.heartbeat())).multipliedBy(2);
        try (EventStream stream = client.live().stream(position.eventId())) {
            while (true) {
                Duration left = limit.minus(stream.silence());
                if (!left.isPositive()) {
                    return offline("Nothing was heard for " + limit.toSeconds() + " s.");
                }
                List<Item> batch = stream.poll(left);
                if (batch.isEmpty()) {
                    continue;
                }
                heard();
                if (batch.getFirst() instanceof Item.Opened) {
                    backoff.reset();
                    enter(new Online(health, session));
                    fill(measuredUntil);
                }
                Ending ending = take(batch);
                switch (ending) {
                    case NONE -> {}
                    case RESET -> {
                        takeSnapshot(client.health());
                        return Duration.ZERO;
                    }
                    case ENDED -> {
                        return ended(health, batch);
                    }
                }
            }
        }
    }

    /// Asks for what was measured while no one listened. Called when the stream is open already, so
    /// that nothing falls between the two; what comes both ways is kept once.
    private void fill(Instant from) throws ProblemException {
        Instant oldest = clock.instant().minus(KEPT);
        @Nullable String after = (from.isBefore(oldest) ? oldest : from).toString();
        do {
            Page<Interval> page = client.metrics().intervals(after);
            store.keepIntervals(page.items());
            after = page.next();
        } while (after != null && !closed);
        store.intervalsFilled();
    }

    private enum Ending {
        NONE,
        RESET,
        ENDED
    }

    /// Keeps all that came in, in one transaction with the position after it.
    private Ending take(List<Item> batch) {
        var changes = new Wire.Changes();
        @Nullable String eventId = null;
        Ending ending = Ending.NONE;
        for (Item item : batch) {
            switch (item) {
                case Item.Opened _ -> {}
                case Item.Ended _ -> ending = Ending.ENDED;
                case Item.Event event -> {
                    if ("reset".equals(event.type())) {
                        return Ending.RESET;
                    }
                    if ("change".equals(event.type())) {
                        wire.change(event.data(), changes);
                        eventId = event.id() == null ? eventId : event.id();
                    }
                }
            }
        }
        if (!changes.intervals().isEmpty()) {
            store.keepIntervals(changes.intervals());
        }
        if (eventId != null || !changes.documents().isEmpty()) {
            return store.take(eventId, changes.documents()) ? ending : Ending.RESET;
        }
        return ending;
    }

    private Duration ended(Health health, List<Item> batch) {
        var ended = (Item.Ended) batch.getLast();
        if (ended.status() == 401) {
            enter(new LogInNeeded(health, store.heard(), "The session has ended."));
            return LOG_IN_CHECK;
        }
        return offline(ended.reason());
    }

    private Duration offline(String reason) {
        enter(new Offline(store.heard(), reason));
        return backoff.next();
    }

    /// The environment's name and colour are to be seen offline too.
    private void keep(Health health) {
        store.take(null, List.of(Document.of(Kind.HEALTH, "health", health)));
    }

    private void heard() {
        store.heard(clock.instant());
    }

    private void enter(ConnectionState state) {
        if (!closed && !state.equals(store.connection())) {
            LOG.log(Level.INFO, "connection: {0}", describe(state));
            store.connection(state);
            listener.accept(state);
        }
    }

    private static String describe(ConnectionState state) {
        return switch (state) {
            case ConnectionState.Connecting _ -> "connecting";
            case Online online -> "live as " + online.session().user();
            case Offline offline -> "offline: " + offline.reason();
            case LogInNeeded needed -> "log-in needed: " + needed.reason();
        };
    }

    private void pause(Duration duration) throws InterruptedException {
        if (wake.tryAcquire(duration.toMillis(), TimeUnit.MILLISECONDS)) {
            wake.drainPermits();
        }
    }
}
