package dev.slipway.backend.tasks.pool;

import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;

import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;
import dev.slipway.api.tasks.WorkerPool;
import dev.slipway.backend.queues.Lanes;
import dev.slipway.backend.rounds.Rounds;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// Starts workers when jobs of the pool's types wait and no one takes them. A worker ends by itself
/// when it has been idle; one that ends badly makes the next wait, longer each time.
public final class OnDemand implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(OnDemand.class.getName());
    private static final String NAME = "on-demand";
    private static final String TURN = "worker-pool";
    private static final int MOST_DOUBLINGS = 8;

    /// Jobs that wait shorter than this may be taken by a worker that is there.
    private static final Duration GRACE = Duration.ofSeconds(2);

    /// How long a worker may take until it runs jobs; before, no second one is started.
    private static final Duration TO_BEGIN = Duration.ofSeconds(10);

    /// One that ran this long did not end badly for being started.
    private static final Duration WELL = Duration.ofMinutes(1);

    private static final Duration MOST_WAIT = Duration.ofMinutes(5);

    private final PoolSettings settings;
    private final StateStore store;
    private final Events events;
    private final Starter starter;
    private final InstantSource clock;
    private final List<Member> members = new ArrayList<>();
    private final Rounds rounds = new Rounds(OnDemand.class, "worker-pool");
    private int failures;
    private Instant nextStart = Instant.MIN;
    private @Nullable String trouble;
    private @Nullable WorkerPool told;

    public OnDemand(
            PoolSettings settings,
            StateStore store,
            Events events,
            Starter starter,
            InstantSource clock) {
        this.settings = settings;
        this.store = store;
        this.events = events;
        this.starter = starter;
        this.clock = clock;
    }

    private record Member(Process process, Instant startedAt) {
        /// Whether it may just not have come to its first job yet.
        boolean young(Instant now) {
            return now.isBefore(startedAt.plus(TO_BEGIN));
        }
    }

    public void start() {
        var second = Duration.ofSeconds(1);
        rounds.every(second, second, "the worker pool could not look at its jobs", this::tick);
    }

    /// Looks once: who has ended, whether jobs wait, whether another worker is to be started.
    synchronized void tick() {
        members.removeIf(this::ended);
        Instant now = clock.instant();
        boolean mine = store.turns().mine(TURN);
        boolean another =
                mine
                        && members.size() < settings.atMost()
                        && !now.isBefore(nextStart)
                        && members.stream().noneMatch(member -> member.young(now))
                        && waiting(now);
        if (another) {
            begin(now);
        }
        if (mine) {
            tell(now);
        } else {
            // another one's pool is shown; told again when the turn is ours once more
            told = null;
        }
    }

    private boolean ended(Member member) {
        if (member.process().isAlive()) {
            return false;
        }
        int code = member.process().exitValue();
        Instant now = clock.instant();
        if (code == 0) {
            LOG.log(INFO, "worker {0} was idle and has ended", member.process().pid());
            failures = 0;
            trouble = null;
            nextStart = Instant.MIN;
        } else {
            boolean ranWell = member.startedAt().plus(WELL).isBefore(now);
            failures = ranWell ? 1 : failures + 1;
            held(
                    now,
                    "Worker %d ended with exit code %d after %d s"
                            .formatted(
                                    member.process().pid(),
                                    code,
                                    Duration.between(member.startedAt(), now).toSeconds()));
        }
        return true;
    }

    private void held(Instant now, String what) {
        Duration wait = backoff(failures);
        nextStart = now.plus(wait);
        trouble =
                "%s. The next one is started in %d s if jobs still wait; its log is on-demand.log in the folder logs."
                        .formatted(what, wait.toSeconds());
        LOG.log(WARNING, trouble);
    }

    /// 2 s, 4 s, 8 s and so on, five minutes at most.
    static Duration backoff(int failures) {
        Duration wait = Duration.ofSeconds(1L << Math.min(failures, MOST_DOUBLINGS + 1));
        return wait.compareTo(MOST_WAIT) < 0 ? wait : MOST_WAIT;
    }

    private void begin(Instant now) {
        try {
            Process process = starter.start(settings);
            LOG.log(INFO, "worker {0} is started for {1}", process.pid(), settings.types());
            members.add(new Member(process, now));
        } catch (IOException e) {
            failures++;
            held(now, "No worker can be started: " + e.getMessage());
        }
    }

    /// Whether a job of the types has been due for a while that may run now: that is not paused,
    /// and of whose type not as many run already as may.
    private boolean waiting(Instant now) {
        return store.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT EXISTS (SELECT 1 FROM job_lane AS l JOIN job AS j
                                            ON j.queue = l.queue AND j.type = l.type
                                              AND j.priority = l.priority
                                          WHERE l.type IN (<types>) AND j.due_at <= :due
                                            AND\s"""
                                                + Lanes.notHeld("l")
                                                + " AND "
                                                + Lanes.notFull("l")
                                                + ")")
                                .bindList("types", settings.types())
                                .bind("due", now.minus(GRACE).toEpochMilli())
                                .bind("now", now.toEpochMilli())
                                .mapTo(Boolean.class)
                                .one());
    }

    private void tell(Instant now) {
        WorkerPool standing = status(now);
        WorkerPool before = told;
        if (before == null || !same(before, standing)) {
            told = standing;
            store.writing(handle -> events.publish(handle, Kind.WORKER_POOL, NAME, standing));
        }
    }

    private static boolean same(WorkerPool a, WorkerPool b) {
        return a.running().equals(b.running())
                && a.failures() == b.failures()
                && Objects.equals(a.trouble(), b.trouble());
    }

    /// How the pool stands.
    public WorkerPool status() {
        return status(clock.instant());
    }

    private synchronized WorkerPool status(Instant now) {
        return new WorkerPool(
                settings.types(),
                settings.atMost(),
                (int) settings.idle().toSeconds(),
                members.stream()
                        .filter(member -> member.process().isAlive())
                        .map(
                                member ->
                                        new WorkerPool.Running(
                                                member.process().pid(), member.startedAt()))
                        .toList(),
                failures,
                nextStart.isAfter(now) ? nextStart : null,
                trouble,
                now);
    }

    /// Nothing while another backend does the starting: how its pool stands is not known here.
    public synchronized List<Change> snapshot() {
        if (told == null) {
            return List.of();
        }
        Instant now = clock.instant();
        return List.of(new Change(Kind.WORKER_POOL.wire(), NAME, now, status(now)));
    }

    /// Lets the workers end in good order: their standard input does.
    @Override
    public void close() {
        rounds.close();
        for (Member member : members) {
            try {
                member.process().getOutputStream().close();
            } catch (IOException e) {
                member.process().destroy();
            }
        }
        for (Member member : members) {
            try {
                if (!member.process().waitFor(5, TimeUnit.SECONDS)) {
                    member.process().destroy();
                }
            } catch (InterruptedException e) {
                member.process().destroy();
                Thread.currentThread().interrupt();
            }
        }
    }
}
