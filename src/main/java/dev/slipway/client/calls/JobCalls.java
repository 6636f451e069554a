package dev.slipway.client.calls;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.Reason;
import dev.slipway.api.queues.Attempt;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobLine;
import dev.slipway.api.queues.Wait;
import dev.slipway.client.http.Calls;
import dev.slipway.client.http.ProblemException;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// What is asked and told about single jobs. Every call blocks.
public final class JobCalls {
    private final Calls calls;

    public JobCalls(Calls calls) {
        this.calls = calls;
    }

    public Page<Job> matching(JobQuery query, @Nullable String cursor) throws ProblemException {
        var url = calls.url(Paths.JOBS);
        Calls.with(url, "queue", query.queue());
        Calls.with(url, "type", query.type());
        Calls.with(url, "state", query.state() == null ? null : query.state().name());
        Calls.with(url, "fingerprint", query.fingerprint());
        Calls.with(url, "text", query.text());
        Calls.with(url, "from", query.from() == null ? null : query.from().toString());
        Calls.with(url, "to", query.to() == null ? null : query.to().toString());
        return calls.page(url, cursor, Job.class);
    }

    public Job one(String id) throws ProblemException {
        return calls.one(Paths.JOB, Job.class, id);
    }

    /// A job's log, the oldest line first.
    public Page<JobLine> log(String id, @Nullable String cursor) throws ProblemException {
        return calls.page(calls.url(Paths.JOB_LOG, id), cursor, JobLine.class);
    }

    public Job retry(String jobId) throws ProblemException {
        return calls.command("POST", Paths.JOB_RETRY, null, Job.class, jobId);
    }

    public Job discard(String jobId, String reason) throws ProblemException {
        return calls.command("POST", Paths.JOB_DISCARD, new Reason(reason), Job.class, jobId);
    }

    /// Each time that a worker took a job.
    ///
    /// @param cursor the `next` of the page before, or null
    public Page<Attempt> attempts(String jobId, @Nullable String cursor) throws ProblemException {
        return calls.page(calls.url(Paths.JOB_ATTEMPTS, jobId), cursor, Attempt.class);
    }

    /// Why a job does not run at this moment; empty if it runs or has ended.
    public Optional<Wait> wait(String jobId) throws ProblemException {
        return calls.maybe(calls.url(Paths.JOB_WAIT, jobId), Wait.class);
    }

    /// Gives up a job that waits or runs.
    public Job cancel(String jobId, String reason) throws ProblemException {
        return calls.command("POST", Paths.JOB_CANCEL, new Reason(reason), Job.class, jobId);
    }
}
