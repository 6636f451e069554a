package dev.slipway.client.calls;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.Reason;
import dev.slipway.api.queues.FailureGroup;
import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.Pause;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.api.queues.TypeLimit;
import dev.slipway.api.queues.TypeStatus;
import dev.slipway.client.http.Calls;
import dev.slipway.client.http.ProblemException;

import java.util.List;

/// What is asked of queues and of types of job: how they stand, pauses, limits. Every call blocks.
public final class QueueCalls {
    private final Calls calls;

    public QueueCalls(Calls calls) {
        this.calls = calls;
    }

    public List<QueueStatus> all() throws ProblemException {
        return calls.list(calls.url(Paths.QUEUES), QueueStatus.class);
    }

    public List<FailureGroup> failures() throws ProblemException {
        return calls.list(calls.url(Paths.FAILURES), FailureGroup.class);
    }

    /// Everything that is paused.
    public Page<Hold> holds() throws ProblemException {
        return calls.page(calls.url(Paths.HOLDS), null, Hold.class);
    }

    public Page<TypeStatus> types() throws ProblemException {
        return calls.page(calls.url(Paths.JOB_TYPES), null, TypeStatus.class);
    }

    /// @param kind a queue or a type
    public Hold pause(HoldKind kind, String name, Pause pause) throws ProblemException {
        String path = kind == HoldKind.QUEUE ? Paths.QUEUE_PAUSE : Paths.JOB_TYPE_PAUSE;
        return calls.command("POST", path, pause, Hold.class, name);
    }

    /// @param kind a queue or a type
    public void resume(HoldKind kind, String name, String reason) throws ProblemException {
        String path = kind == HoldKind.QUEUE ? Paths.QUEUE_RESUME : Paths.JOB_TYPE_RESUME;
        calls.send("POST", calls.url(path, name), new Reason(reason));
    }

    public TypeStatus limit(String type, TypeLimit limit) throws ProblemException {
        return calls.command("PUT", Paths.JOB_TYPE_LIMIT, limit, TypeStatus.class, type);
    }
}
