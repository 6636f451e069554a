package dev.slipway.client.calls;

import dev.slipway.api.Paths;
import dev.slipway.api.Reason;
import dev.slipway.api.launch.Launch;
import dev.slipway.api.launch.SetWeight;
import dev.slipway.client.http.Calls;
import dev.slipway.client.http.ProblemException;

/// How much of the traffic the new shop has.
public final class LaunchCalls {
    private final Calls calls;

    public LaunchCalls(Calls calls) {
        this.calls = calls;
    }

    public Launch now() throws ProblemException {
        return calls.one(Paths.LAUNCH, Launch.class);
    }

    public Launch setWeight(SetWeight weight) throws ProblemException {
        return calls.command("PUT", Paths.LAUNCH_WEIGHT, weight, Launch.class);
    }

    public Launch hold(Reason reason) throws ProblemException {
        return calls.command("POST", Paths.LAUNCH_HOLD, reason, Launch.class);
    }

    public Launch resume(Reason reason) throws ProblemException {
        return calls.command("POST", Paths.LAUNCH_RESUME, reason, Launch.class);
    }

    public Launch rollback(Reason reason) throws ProblemException {
        return calls.command("POST", Paths.LAUNCH_ROLLBACK, reason, Launch.class);
    }
}
