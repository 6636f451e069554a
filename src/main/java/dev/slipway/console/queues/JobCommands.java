package dev.slipway.console.queues;

import dev.slipway.api.queues.Job;
import dev.slipway.client.BackendClient;
import dev.slipway.client.http.ProblemException;

/// What can be done to a job. Each call blocks.
public interface JobCommands {
    Job retry(String id) throws ProblemException;

    Job discard(String id, String reason) throws ProblemException;

    /// Over HTTP.
    static JobCommands of(BackendClient client) {
        return new JobCommands() {
            @Override
            public Job retry(String id) throws ProblemException {
                return client.jobs().retry(id);
            }

            @Override
            public Job discard(String id, String reason) throws ProblemException {
                return client.jobs().discard(id, reason);
            }
        };
    }
}
