package dev.slipway.console.migration;

import dev.slipway.api.migration.Pace;
import dev.slipway.api.migration.Run;
import dev.slipway.client.BackendClient;
import dev.slipway.client.http.ProblemException;

/// What can be done with plans and runs. Each call blocks.
public interface MigrationCommands {
    Run start(String plan) throws ProblemException;

    Run pause(String run) throws ProblemException;

    /// Changes how fast it reads, from its next chunk on.
    Run pace(String run, Pace pace) throws ProblemException;

    Run resume(String run) throws ProblemException;

    Run cancel(String run) throws ProblemException;

    /// Over HTTP.
    static MigrationCommands of(BackendClient client) {
        return new MigrationCommands() {
            @Override
            public Run start(String plan) throws ProblemException {
                return client.migrations().start(plan);
            }

            @Override
            public Run pause(String run) throws ProblemException {
                return client.migrations().pause(run);
            }

            @Override
            public Run pace(String run, Pace pace) throws ProblemException {
                return client.migrations().pace(run, pace);
            }

            @Override
            public Run resume(String run) throws ProblemException {
                return client.migrations().resume(run);
            }

            @Override
            public Run cancel(String run) throws ProblemException {
                return client.migrations().cancel(run);
            }
        };
    }
}
