package dev.slipway.client;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.Reason;
import dev.slipway.api.queues.Attempt;
import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.Pause;
import dev.slipway.api.queues.TypeLimit;
import dev.slipway.api.queues.TypeStatus;
import dev.slipway.api.queues.Wait;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// What is asked of queues and types of job, and of a job's life, as blocking calls.
public final class QueueClient {
    private final Calls calls;

    QueueClient(Calls calls) {
        this.calls = calls;
    }

    /// Everything that is paused.
    public Page<Hold> holds() throws ProblemException {
        return calls.get(calls.url(Paths.HOLDS), calls.type(Page.class, Hold.class));
    }

    public Page<TypeStatus> types() throws ProblemException {
        return calls.get(calls.url(Paths.JOB_TYPES), calls.type(Page.class, TypeStatus.class));
    }

    /// Each time that a worker took a job.
    ///
    /// @param cursor the `next` of the page before, or null
    public Page<Attempt> attempts(String jobId, @Nullable String cursor) throws ProblemException {
        var url = calls.url(Paths.JOB_ATTEMPTS, jobId);
        if (cursor != null) {
            url.addQueryParameter("after", cursor);
        }
        return calls.get(url, calls.type(Page.class, Attempt.class));
    }

    /// Why a job does not run at this moment; empty if it runs or has ended.
    public Optional<Wait> wait(String jobId) throws ProblemException {
        byte[] answer = calls.bytes(calls.url(Paths.JOB_WAIT, jobId));
        return answer.length == 0
                ? Optional.empty()
                : Optional.of(calls.decode(answer, calls.type(Wait.class)));
    }

    /// Gives up a job that waits or runs.
    public Job cancel(String jobId, String reason) throws ProblemException {
        return calls.command(
                "POST",
                calls.url(Paths.JOB_CANCEL, jobId),
                new Reason(reason),
                calls.type(Job.class));
    }

    /// @param kind a queue or a type
    public Hold pause(HoldKind kind, String name, Pause pause) throws ProblemException {
        String path = kind == HoldKind.QUEUE ? Paths.QUEUE_PAUSE : Paths.JOB_TYPE_PAUSE;
        return calls.command("POST", calls.url(path, name), pause, calls.type(Hold.class));
    }

    /// @param kind a queue or a type
    public void resume(HoldKind kind, String name, String reason) throws ProblemException {
        String path = kind == HoldKind.QUEUE ? Paths.QUEUE_RESUME : Paths.JOB_TYPE_RESUME;
        calls.send("POST", calls.url(path, name), new Reason(reason));
    }

    public TypeStatus limit(String type, TypeLimit limit) throws ProblemException {
        return calls.command(
                "PUT", calls.url(Paths.JOB_TYPE_LIMIT, type), limit, calls.type(TypeStatus.class));
    }
}
