package dev.slipway.backend.queues;

import dev.slipway.api.Page;
import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.Attempt;
import dev.slipway.api.queues.FailureGroup;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobLine;
import dev.slipway.api.queues.JobState;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// What a person sees of the queues and may do to a job.
public final class QueueService {
    private static final int GROUPS_IN_SNAPSHOT = 200;
    private static final int JOBS_IN_SNAPSHOT = 200;

    private final StateStore store;
    private final InstantSource clock;
    private final QueueReads reads;
    private final Moves moves;
    private final JobSearch search;

    /// @param lease the workers' lease time
    public QueueService(StateStore store, Events events, InstantSource clock, Duration lease) {
        this.store = store;
        this.clock = clock;
        this.reads = new QueueReads(lease);
        this.moves = new Moves(events, clock);
        this.search = new JobSearch(clock);
    }

    public List<QueueStatus> statuses() {
        return store.read(handle -> reads.statuses(handle, clock.instant()));
    }

    public Page<FailureGroup> failures(int offset, int limit) {
        return store.read(
                handle -> {
                    List<FailureGroup> found = reads.failures(handle, limit, offset);
                    long total = reads.failureCount(handle);
                    int next = offset + found.size();
                    return new Page<>(found, next < total ? "" + next : null, total);
                });
    }

    Page<Job> jobs(JobQuery query) {
        return store.read(handle -> search.page(handle, query));
    }

    public Job job(String id) {
        return store.read(handle -> stored(handle, id).job());
    }

    public Page<JobLine> log(String id, long after, int limit) {
        return store.read(handle -> Jobs.log(handle, stored(handle, id).seq(), after, limit));
    }

    /// Has a dead or discarded job run again, with as many attempts as it had at first. One that is
    /// on its way again already stays as it is: a second press of the button is harmless.
    public Effect<Job> retry(String id, String user) {
        return act(id, JobAct.RAISE, user, "");
    }

    /// Gives a job up. One that runs is told to stop at the next good place and ends then; if it is
    /// done before that, it is done.
    public Effect<Job> discard(String id, String user, String reason) {
        return act(id, JobAct.DISCARD, user, reason);
    }

    /// Gives up a job that waits or runs, like [#discard]; one that has ended is refused.
    public Effect<Job> cancel(String id, String user, String reason) {
        return Effect.of(
                handle -> {
                    Job job = stored(handle, id).job();
                    if (job.state() == JobState.DEAD || job.state() == JobState.SUCCEEDED) {
                        throw Refused.conflict(
                                "The job has ended already; nothing was changed. A dead job can be"
                                        + " retried or discarded.");
                    }
                    return discard(id, user, reason).in(handle);
                });
    }

    private Effect<Job> act(String id, JobAct wanted, String user, String reason) {
        return Effect.of(
                handle -> {
                    StoredJob before = stored(handle, id);
                    JobState state = before.job().state();
                    JobAct act =
                            wanted == JobAct.DISCARD && state == JobState.RUNNING
                                    ? JobAct.CANCEL
                                    : wanted;
                    if (!act.allowedFrom(state) || before.job().stopping()) {
                        return unchanged(before.job(), act);
                    }
                    if (act == JobAct.RAISE) {
                        refuseSecond(handle, before);
                    }
                    return moves.act(handle, before, act, user, reason);
                });
    }

    /// Its work may be on its way under another job already.
    private static void refuseSecond(Handle handle, StoredJob raised) {
        Jobs.aliveBeside(handle, raised)
                .ifPresent(
                        other -> {
                            throw Refused.conflict(
                                    "Job "
                                            + other
                                            + " does the same work and has not ended; this one"
                                            + " stays as it is.");
                        });
    }

    /// Each time that a worker took the job, the first first.
    public List<Attempt> attempts(String id) {
        return store.read(handle -> Attempts.of(handle, stored(handle, id).seq()));
    }

    private static Job unchanged(Job job, JobAct act) {
        boolean alreadyThere =
                switch (job.state()) {
                    case READY, RETRYING -> act == JobAct.RAISE;
                    case RUNNING -> act == JobAct.RAISE || act == JobAct.CANCEL;
                    case DISCARDED -> act == JobAct.DISCARD;
                    case SUCCEEDED, DEAD -> false;
                };
        if (alreadyThere) {
            return job;
        }
        throw Refused.conflict("The job has succeeded; it stays as it is.");
    }

    /// The queues, the groups that failed last and the newest jobs.
    public List<Change> snapshot() {
        return store.read(
                handle -> {
                    Instant now = clock.instant();
                    List<Change> changes = new ArrayList<>();
                    for (QueueStatus queue : reads.statuses(handle, now)) {
                        changes.add(new Change(Kind.QUEUE.wire(), queue.name(), now, queue));
                    }
                    for (FailureGroup group : reads.failures(handle, GROUPS_IN_SNAPSHOT, 0)) {
                        changes.add(
                                new Change(
                                        Kind.FAILURE_GROUP.wire(),
                                        group.fingerprint(),
                                        now,
                                        group));
                    }
                    var newest = new JobQuery(Map.of(), Place.LAST, JOBS_IN_SNAPSHOT);
                    for (Job job : search.page(handle, newest).items()) {
                        changes.add(new Change(Kind.JOB.wire(), job.id(), now, job));
                    }
                    return changes;
                });
    }

    private static StoredJob stored(Handle handle, String id) {
        return Jobs.byId(handle, id).orElseThrow(() -> Refused.notFound("job", id));
    }
}
