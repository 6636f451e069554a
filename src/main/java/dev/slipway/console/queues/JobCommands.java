package dev.slipway.console.queues;

import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobLine;
import dev.slipway.client.BackendClient;
import dev.slipway.client.ProblemException;

import java.util.List;

/// What can be asked about and done to a job. Each call blocks.
public interface JobCommands {
    Job retry(String id) throws ProblemException;

    Job discard(String id, String reason) throws ProblemException;

    List<JobLine> log(String id) throws ProblemException;

    /// Over HTTP.
    static JobCommands of(BackendClient client) {
        return new JobCommands() {
            @Override
            public Job retry(String id) throws ProblemException {
                return client.retry(id);
            }

            @Override
            public Job discard(String id, String reason) throws ProblemException {
                return client.discard(id, reason);
            }

            @Override
            public List<JobLine> log(String id) throws ProblemException {
                return client.jobLog(id);
            }
        };
    }
}
