package dev.slipway.backend.queues;

import dev.slipway.api.queues.Job;

import org.jdbi.v3.core.Handle;

import java.util.Optional;

/// Takes jobs. A job is a row of the state database, so it is published in the transaction that
/// wants it done.
public interface JobQueue {
    /// Publishes a job, or finds the one that was published with the same key.
    ///
    /// @param handle inside the transaction that wants the work done
    /// @param job what to do
    /// @return the job's id
    String publish(Handle handle, NewJob job);

    /// Publishes a job like [#publish]; one of that key that is dead or was discarded is put back
    /// into its queue. One on its way stays as it is.
    ///
    /// @param user who wants it, for the job's log
    /// @return the job's id
    String again(Handle handle, NewJob job, String user);

    /// A job as it stands; empty if it is not kept any more.
    Optional<Job> find(Handle handle, String id);

    /// @param queue the queue's name, for example `invoicing`
    /// @param type names the handler
    /// @param subject what it is about, for a person
    /// @param key at most one job per key, ever; the job's id if the work has none of its own
    /// @param payload written as JSON
    /// @param maxAttempts then it is a dead letter
    record NewJob(
            String queue,
            String type,
            String subject,
            String key,
            Object payload,
            int maxAttempts) {}
}
