package dev.slipway.client.calls;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.Reason;
import dev.slipway.api.queues.NewRepair;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.StartRepair;
import dev.slipway.client.http.Calls;
import dev.slipway.client.http.ProblemException;

import org.jspecify.annotations.Nullable;

/// Acts on many failed jobs at once: counted first, then done.
public final class RepairCalls {
    private final Calls calls;

    public RepairCalls(Calls calls) {
        this.calls = calls;
    }

    public Page<Repair> all(@Nullable String cursor) throws ProblemException {
        return calls.page(calls.url(Paths.REPAIRS), cursor, Repair.class);
    }

    public Repair one(String id) throws ProblemException {
        return calls.one(Paths.REPAIR, Repair.class, id);
    }

    /// Has the failed jobs counted that match; nothing is done to them yet.
    public Repair preview(NewRepair repair) throws ProblemException {
        return calls.command("POST", Paths.REPAIRS, repair, Repair.class);
    }

    public Repair start(String id, StartRepair how) throws ProblemException {
        return calls.command("POST", Paths.REPAIR_START, how, Repair.class, id);
    }

    public Repair pause(String id, String reason) throws ProblemException {
        return calls.command("POST", Paths.REPAIR_PAUSE, new Reason(reason), Repair.class, id);
    }

    public Repair resume(String id) throws ProblemException {
        return calls.command("POST", Paths.REPAIR_RESUME, new Reason(""), Repair.class, id);
    }

    public Repair cancel(String id, String reason) throws ProblemException {
        return calls.command("POST", Paths.REPAIR_CANCEL, new Reason(reason), Repair.class, id);
    }
}
