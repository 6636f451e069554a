package dev.slipway.client.calls;

import dev.slipway.api.Paths;
import dev.slipway.api.tasks.TypeCost;
import dev.slipway.api.tasks.WorkerPool;
import dev.slipway.client.http.Calls;
import dev.slipway.client.http.ProblemException;

import java.util.List;

/// The processes that do the jobs, and what the jobs cost.
public final class WorkerCalls {
    private final Calls calls;

    public WorkerCalls(Calls calls) {
        this.calls = calls;
    }

    /// What jobs cost by type and day, the latest day first.
    public List<TypeCost> costs(int days) throws ProblemException {
        var url = calls.url(Paths.JOB_COSTS).addQueryParameter("days", "" + days);
        return calls.list(url, TypeCost.class);
    }

    public WorkerPool pool() throws ProblemException {
        return calls.one(Paths.WORKER_POOL, WorkerPool.class);
    }
}
