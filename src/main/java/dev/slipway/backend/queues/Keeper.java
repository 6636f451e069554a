package dev.slipway.backend.queues;

import static java.lang.System.Logger.Level.ERROR;
import static java.util.Objects.requireNonNull;

import dev.slipway.backend.store.StateStore;

import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Keeps the jobs that a worker runs its own: renews their leases, writes down what is new of them,
/// and tells those to stop that someone cancelled. One thread calls it, again and again.
final class Keeper {
    private static final System.Logger LOG = System.getLogger(Keeper.class.getName());

    private final String name;
    private final Set<JobRun> running;
    private final Leases leases;
    private final Endings endings;
    private final StateStore store;
    private final WorkerSettings settings;
    private final InstantSource clock;
    private Instant renewedAt = Instant.EPOCH;

    /// @param name the worker's
    /// @param running the worker's jobs at each moment
    Keeper(
            String name,
            Set<JobRun> running,
            Leases leases,
            Endings endings,
            StateStore store,
            WorkerSettings settings,
            InstantSource clock) {
        this.name = name;
        this.running = running;
        this.leases = leases;
        this.endings = endings;
        this.store = store;
        this.settings = settings;
        this.clock = clock;
    }

    /// Does all of it that is due.
    void keep() {
        Instant now = clock.instant();
        boolean renew = !now.isBefore(renewedAt.plus(settings.renew()));
        tellCancelled();
        List<JobRun> due =
                running.stream()
                        .filter(run -> renew || run.hasNews())
                        .filter(run -> run.writing().tryLock())
                        .toList();
        try {
            if (renew || !due.isEmpty()) {
                write(due, now);
                renewedAt = renew ? now : renewedAt;
            }
        } catch (Exception e) { // the keeper's boundary: it renews again with the next tick
            LOG.log(ERROR, "worker " + name + " could not renew its leases", e);
        } finally {
            due.forEach(run -> run.writing().unlock());
        }
    }

    /// Tells those to stop that someone cancelled.
    private void tellCancelled() {
        Map<Long, JobRun> bySeq = new HashMap<>();
        running.forEach(run -> bySeq.put(run.held().seq(), run));
        if (bySeq.isEmpty()) {
            return;
        }
        try {
            store.read(handle -> Leases.stopping(handle, bySeq.keySet()))
                    .forEach(seq -> requireNonNull(bySeq.get(seq)).cancel());
        } catch (Exception e) { // the keeper's boundary: it looks again with the next tick
            LOG.log(ERROR, "worker " + name + " could not look for cancelled jobs", e);
        }
    }

    private void write(List<JobRun> due, Instant now) {
        Instant until = now.plus(settings.lease());
        Map<JobRun, JobRun.Kept> kept = new HashMap<>();
        store.alongside(
                handle -> {
                    kept.clear();
                    leases.seen(handle, settings.threads(), now);
                    for (JobRun run : due) {
                        var written = run.keep(handle, leases, until);
                        kept.put(run, written);
                        if (written.changed()) {
                            written.job().ifPresent(job -> endings.tell(handle, job));
                        }
                    }
                    return kept.size();
                });
        kept.forEach(JobRun::kept);
    }
}
