package dev.slipway.console.launch;

import dev.slipway.api.Reason;
import dev.slipway.api.launch.Launch;
import dev.slipway.api.launch.SetWeight;
import dev.slipway.client.BackendClient;
import dev.slipway.client.http.ProblemException;

/// What can be done to a launch. Each call blocks.
public interface LaunchCommands {
    Launch setWeight(SetWeight weight) throws ProblemException;

    Launch hold(Reason reason) throws ProblemException;

    Launch resume(Reason reason) throws ProblemException;

    Launch rollBack(Reason reason) throws ProblemException;

    /// Over HTTP.
    static LaunchCommands of(BackendClient client) {
        return new LaunchCommands() {
            @Override
            public Launch setWeight(SetWeight weight) throws ProblemException {
                return client.launch().setWeight(weight);
            }

            @Override
            public Launch hold(Reason reason) throws ProblemException {
                return client.launch().hold(reason);
            }

            @Override
            public Launch resume(Reason reason) throws ProblemException {
                return client.launch().resume(reason);
            }

            @Override
            public Launch rollBack(Reason reason) throws ProblemException {
                return client.launch().rollback(reason);
            }
        };
    }
}
