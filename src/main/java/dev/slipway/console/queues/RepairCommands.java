package dev.slipway.console.queues;

import dev.slipway.api.queues.NewRepair;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.StartRepair;
import dev.slipway.client.BackendClient;
import dev.slipway.client.http.ProblemException;

/// What can be done with repairs. Each call blocks.
public interface RepairCommands {
    Repair preview(NewRepair repair) throws ProblemException;

    Repair start(String id, StartRepair how) throws ProblemException;

    Repair pause(String id) throws ProblemException;

    Repair resume(String id) throws ProblemException;

    Repair cancel(String id) throws ProblemException;

    /// Over HTTP.
    static RepairCommands of(BackendClient client) {
        return new RepairCommands() {
            @Override
            public Repair preview(NewRepair repair) throws ProblemException {
                return client.repairs().preview(repair);
            }

            @Override
            public Repair start(String id, StartRepair how) throws ProblemException {
                return client.repairs().start(id, how);
            }

            @Override
            public Repair pause(String id) throws ProblemException {
                return client.repairs().pause(id, "");
            }

            @Override
            public Repair resume(String id) throws ProblemException {
                return client.repairs().resume(id);
            }

            @Override
            public Repair cancel(String id) throws ProblemException {
                return client.repairs().cancel(id, "");
            }
        };
    }
}
