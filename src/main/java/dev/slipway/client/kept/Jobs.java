package dev.slipway.client.kept;

import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.Attempt;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobLine;
import dev.slipway.api.tasks.TypeCost;
import dev.slipway.client.calls.JobQuery;
import dev.slipway.client.offline.ListQuery;
import dev.slipway.client.offline.Query;
import dev.slipway.client.offline.Shelf;

import java.util.Comparator;
import java.util.List;

/// What is kept of jobs.
public final class Jobs {
    private static final int LATEST = 500;

    private Jobs() {}

    /// The latest jobs of any state that the live stream brought, the newest first.
    public static Query<List<Job>> latest() {
        return Shelf.latest(
                Kind.JOB, Job.class, LATEST, Comparator.comparing(Job::createdAt).reversed());
    }

    /// A job's log, by pages.
    public static ListQuery<JobLine> log(String jobId) {
        return new ListQuery<>(
                "job-log/" + jobId, "job-line", JobLine.class, line -> jobId + "|" + line.seq());
    }

    /// A job's attempts.
    public static ListQuery<Attempt> attempts(String jobId) {
        return new ListQuery<>(
                "job-attempts/" + jobId,
                "job-attempt",
                Attempt.class,
                attempt -> jobId + "|" + attempt.number());
    }

    /// What jobs cost by type and day: one page.
    public static ListQuery<TypeCost> costs() {
        return new ListQuery<>(
                "job-costs", "job-cost", TypeCost.class, cost -> cost.type() + "|" + cost.day());
    }

    /// Jobs searched on the server, by pages.
    public static ListQuery<Job> matching(JobQuery query) {
        return new ListQuery<>("jobs/" + query, Kind.JOB.wire(), Job.class, Job::id);
    }
}
