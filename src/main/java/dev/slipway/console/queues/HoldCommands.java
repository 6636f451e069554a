package dev.slipway.console.queues;

import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.Pause;
import dev.slipway.api.queues.TypeLimit;
import dev.slipway.client.BackendClient;
import dev.slipway.client.http.ProblemException;

/// Pauses things and lets them go on. Each call blocks.
public interface HoldCommands {
    void pause(String name, Pause pause) throws ProblemException;

    void resume(String name) throws ProblemException;

    /// Over HTTP, for queues or types.
    static HoldCommands of(BackendClient client, HoldKind kind) {
        return new HoldCommands() {
            @Override
            public void pause(String name, Pause pause) throws ProblemException {
                client.queues().pause(kind, name, pause);
            }

            @Override
            public void resume(String name) throws ProblemException {
                client.queues().resume(kind, name, "");
            }
        };
    }

    /// Sets how many jobs of a type run at once.
    @FunctionalInterface
    interface Limit {
        void set(String type, TypeLimit limit) throws ProblemException;
    }
}
