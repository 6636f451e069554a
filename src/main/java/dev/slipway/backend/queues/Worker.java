package dev.slipway.backend.queues;

import static java.lang.System.Logger.Level.ERROR;
import static java.lang.System.Logger.Level.INFO;
import static java.lang.System.Logger.Level.WARNING;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.backend.queues.dispatch.Deliveries;
import dev.slipway.backend.queues.dispatch.Dispatch;
import dev.slipway.backend.rounds.Rounds;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;

import org.jspecify.annotations.Nullable;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/// Runs jobs of the state database, several at once. Any number of workers in any number of
/// processes share the work; when one dies, its jobs are taken over as their leases end.
public final class Worker implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Worker.class.getName());
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(1);
    private static final int RESIDENTS = 4;
    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private final String name;
    private final WorkerSettings settings;
    private final Map<String, JobHandler> handlers;
    private final StateStore store;
    private final ObjectMapper json;
    private final InstantSource clock;
    private final Leases leases;
    private final Endings endings;
    private final Supply supply;
    private final Keeper keeper;
    private final Set<JobRun> running = ConcurrentHashMap.newKeySet();
    private final CountDownLatch draining = new CountDownLatch(1);
    private final List<Thread> threads = new ArrayList<>();
    private final Rounds keeping;
    private @Nullable Dispatch dispatch;
    private @Nullable Deliveries deliveries;

    /// @param name names this worker among all: host, process and a number, say
    public Worker(
            String name,
            WorkerSettings settings,
            Collection<? extends JobHandler> handlers,
            StateStore store,
            Events events,
            ObjectMapper json,
            InstantSource clock,
            RandomGenerator random) {
        this.name = name;
        this.settings = settings;
        this.handlers =
                handlers.stream().collect(Collectors.toMap(JobHandler::type, Function.identity()));
        this.store = store;
        this.json = json;
        this.clock = clock;
        this.leases = new Leases(name, this.handlers.keySet());
        var backoff = new Backoff(settings.firstBackoff(), settings.mostBackoff(), random);
        this.endings = new Endings(leases, events, backoff);
        this.supply = new Supply(new Claims(name), endings, store, settings, clock);
        this.keeper = new Keeper(name, running, leases, endings, store, settings, clock);
        this.keeping = new Rounds(Worker.class, name + "-keeper");
    }

    /// Has a broker bring the jobs that pass; call it before [#start], and only for a worker that
    /// runs all types: the messages of all of them come by the same queues. Resident ones are few
    /// and are looked for in the state database in any case.
    public Worker fedBy(Dispatch dispatch) {
        this.dispatch = dispatch;
        return this;
    }

    public void start() {
        Set<String> passing = types(false);
        Set<String> resident = types(true);
        Dispatch feeder = dispatch;
        if (feeder != null && !passing.isEmpty()) {
            deliveries = feeder.deliveries(settings.threads());
        }
        keeping.every(settings.tick(), "worker " + name + " could not keep its jobs", keeper::keep);
        Deliveries brought = deliveries;
        begin(
                passing,
                settings.threads(),
                "-",
                brought == null
                        ? this::claim
                        : wanted -> supply.fed(brought, wanted).map(this::begin));
        begin(resident, RESIDENTS, "-resident-", this::claim);
        LOG.log(INFO, "worker {0} runs {1}", name, handlers.keySet());
    }

    private Set<String> types(boolean resident) {
        return handlers.values().stream()
                .filter(handler -> handler.resident() == resident)
                .map(JobHandler::type)
                .collect(Collectors.toUnmodifiableSet());
    }

    private void begin(Set<String> types, int number, String suffix, Source source) {
        for (int i = 1; i <= number && !types.isEmpty(); i++) {
            threads.add(
                    Thread.ofPlatform().name(name + suffix + i).start(() -> work(types, source)));
        }
    }

    /// Takes no more jobs, tells the running ones to stop at the next good place and waits for
    /// them. What does not stop in time is interrupted; its lease ends by itself.
    public void drain(Duration patience) throws InterruptedException {
        draining.countDown();
        Deliveries brought = deliveries;
        if (brought != null) {
            brought.close();
        }
        running.forEach(JobRun::drain);
        List<Thread> stubborn = join(threads, patience);
        for (Thread thread : stubborn) {
            LOG.log(WARNING, "{0} does not stop and is interrupted", thread.getName());
            thread.interrupt();
        }
        join(stubborn, AFTER_A_FAULT);
        keeping.breakOff();
        if (threads.stream().noneMatch(Thread::isAlive)) {
            store.writing(leases::gone);
        }
    }

    /// Waits for all of them together.
    ///
    /// @return those that have not ended
    private static List<Thread> join(List<Thread> all, Duration patience)
            throws InterruptedException {
        long deadline = System.nanoTime() + patience.toNanos();
        for (Thread thread : all) {
            thread.join(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
        }
        return all.stream().filter(Thread::isAlive).toList();
    }

    /// Drains without patience.
    @Override
    public void close() {
        try {
            drain(Duration.ofSeconds(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Where a thread's next job comes from.
    @FunctionalInterface
    private interface Source {
        /// Empty if there is none now.
        Optional<JobRun> next(Set<String> types) throws InterruptedException;
    }

    private void work(Set<String> types, Source source) {
        while (!drained(Duration.ZERO)) {
            try {
                source.next(types).ifPresent(this::run);
            } catch (Exception e) {
                LOG.log(ERROR, "worker " + name + " could not reach its queue", e);
                drained(AFTER_A_FAULT);
            }
        }
    }

    /// Waits for the end of this worker, at most for a while.
    private boolean drained(Duration wait) {
        try {
            return draining.await(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /// Looks for a job and waits a while if there is none.
    private Optional<JobRun> claim(Set<String> types) {
        Optional<JobRun> found = supply.look(types).map(this::begin);
        if (found.isEmpty()) {
            drained(settings.poll());
        }
        return found;
    }

    private JobRun begin(Supply.Taken taken) {
        StoredJob job = taken.job();
        boolean resident = requireNonNull(handlers.get(job.job().type())).resident();
        var run = new JobRun(job, resident, taken.until(), json, clock);
        if (job.losses() > 0) {
            run.line("WARNING", "The worker before stopped answering; begun again.");
        }
        running.add(run);
        if (draining.getCount() == 0) {
            run.drain();
        }
        return run;
    }

    private void run(JobRun run) {
        try {
            Outcome outcome = handle(run);
            // a left-over interrupt would keep the ending from being written
            boolean interrupted = Thread.interrupted();
            end(run, outcome);
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        } finally {
            running.remove(run);
        }
    }

    private Outcome handle(JobRun run) {
        long before = CPU.getCurrentThreadCpuTime();
        try {
            return outcome(run);
        } finally {
            run.took(Duration.ofNanos(CPU.getCurrentThreadCpuTime() - before));
        }
    }

    private Outcome outcome(JobRun run) {
        try {
            requireNonNull(handlers.get(run.held().job().type())).run(run);
            return run.toldToStop() ? new Outcome.Stopped() : new Outcome.Succeeded();
        } catch (InterruptedException e) {
            return new Outcome.Stopped();
        } catch (JobLater e) {
            run.line("INFO", "Goes on at " + e.at() + ": " + e.getMessage());
            return new Outcome.Later(e.at());
        } catch (JobFailure e) {
            return new Outcome.Failed(e);
        } catch (Throwable e) {
            LOG.log(WARNING, "job " + run.id() + " failed", e);
            return new Outcome.Failed(e);
        }
    }

    private void end(JobRun run, Outcome outcome) {
        run.writing().lock();
        try {
            boolean ended = store.alongside(handle -> run.end(handle, endings, outcome));
            if (!ended) {
                LOG.log(WARNING, "job {0} was taken from {1} before its end", run.id(), name);
            }
        } finally {
            run.writing().unlock();
        }
    }
}
