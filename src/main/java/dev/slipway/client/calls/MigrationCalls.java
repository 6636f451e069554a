package dev.slipway.client.calls;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.Reason;
import dev.slipway.api.migration.Chunk;
import dev.slipway.api.migration.Pace;
import dev.slipway.api.migration.Plan;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunSync;
import dev.slipway.api.migration.StartRun;
import dev.slipway.api.migration.StartSync;
import dev.slipway.api.migration.SyncPace;
import dev.slipway.api.migration.Validation;
import dev.slipway.client.http.Calls;
import dev.slipway.client.http.ProblemException;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The plans, and the runs of them: how they go, what was checked, and their sync.
public final class MigrationCalls {
    private final Calls calls;

    public MigrationCalls(Calls calls) {
        this.calls = calls;
    }

    public List<Plan> plans() throws ProblemException {
        return calls.list(calls.url(Paths.PLANS), Plan.class);
    }

    public Page<Run> runs(@Nullable String cursor) throws ProblemException {
        return calls.page(calls.url(Paths.RUNS), cursor, Run.class);
    }

    public Run run(String id) throws ProblemException {
        return calls.one(Paths.RUN, Run.class, id);
    }

    public Run start(String plan) throws ProblemException {
        return calls.command("POST", Paths.RUNS, new StartRun(plan), Run.class);
    }

    /// Changes how fast a run reads, from its next chunk on.
    public Run pace(String runId, Pace pace) throws ProblemException {
        return calls.command("POST", Paths.RUN_PACE, pace, Run.class, runId);
    }

    public Run pause(String runId) throws ProblemException {
        return calls.command("POST", Paths.RUN_PAUSE, new Reason(""), Run.class, runId);
    }

    public Run resume(String runId) throws ProblemException {
        return calls.command("POST", Paths.RUN_RESUME, new Reason(""), Run.class, runId);
    }

    public Run cancel(String runId) throws ProblemException {
        return calls.command("POST", Paths.RUN_CANCEL, new Reason(""), Run.class, runId);
    }

    /// Starts the sync of a run, or lets it go on.
    public RunSync startSync(String runId, StartSync start) throws ProblemException {
        return calls.command("POST", Paths.RUN_SYNC, start, RunSync.class, runId);
    }

    public RunSync stopSync(String runId) throws ProblemException {
        return calls.command("POST", Paths.RUN_SYNC_STOP, new Reason(""), RunSync.class, runId);
    }

    /// Changes how fast a sync reads beside what the source's log names.
    public RunSync paceSync(String runId, SyncPace pace) throws ProblemException {
        return calls.command("POST", Paths.RUN_SYNC_PACE, pace, RunSync.class, runId);
    }

    public Page<Chunk> chunks(String runId, @Nullable String cursor) throws ProblemException {
        return calls.page(calls.url(Paths.RUN_CHUNKS, runId), cursor, Chunk.class);
    }

    public List<Validation> validations(String runId) throws ProblemException {
        return calls.list(calls.url(Paths.RUN_VALIDATIONS, runId), Validation.class);
    }
}
