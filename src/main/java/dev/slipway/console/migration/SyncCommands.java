package dev.slipway.console.migration;

import dev.slipway.api.migration.RunSync;
import dev.slipway.api.migration.StartSync;
import dev.slipway.api.migration.SyncPace;
import dev.slipway.client.BackendClient;
import dev.slipway.client.http.ProblemException;

/// What can be done with the sync of a run. Each call blocks.
public interface SyncCommands {
    RunSync start(String run, StartSync how) throws ProblemException;

    RunSync stop(String run) throws ProblemException;

    /// Changes how fast it reads beside what the source's log names.
    RunSync pace(String run, SyncPace pace) throws ProblemException;

    /// Over HTTP.
    static SyncCommands of(BackendClient client) {
        return new SyncCommands() {
            @Override
            public RunSync start(String run, StartSync how) throws ProblemException {
                return client.migrations().startSync(run, how);
            }

            @Override
            public RunSync stop(String run) throws ProblemException {
                return client.migrations().stopSync(run);
            }

            @Override
            public RunSync pace(String run, SyncPace pace) throws ProblemException {
                return client.migrations().paceSync(run, pace);
            }
        };
    }
}
