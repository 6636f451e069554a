package dev.slipway.backend.queues;

import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.Priority;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
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
    /// @param priority which of the jobs that wait is taken first
    /// @param aliveKey at most one job of this key that has not ended: publishing another gives the
    ///   id of the one on its way; null if there may be several
    /// @param at not before this; null for at once
    record NewJob(
            String queue,
            String type,
            String subject,
            String key,
            Object payload,
            int maxAttempts,
            Priority priority,
            @Nullable String aliveKey,
            @Nullable Instant at) {

        /// A job of normal priority, to be run at once.
        public NewJob(
                String queue,
                String type,
                String subject,
                String key,
                Object payload,
                int maxAttempts) {
            this(queue, type, subject, key, payload, maxAttempts, Priority.NORMAL, null, null);
        }

        /// The same job with another priority.
        public NewJob with(Priority other) {
            return new NewJob(queue, type, subject, key, payload, maxAttempts, other, aliveKey, at);
        }

        /// The same job, but at most one of this key that has not ended.
        public NewJob aloneBy(String otherKey) {
            return new NewJob(
                    queue, type, subject, key, payload, maxAttempts, priority, otherKey, at);
        }

        /// The same job, not before a time.
        public NewJob notBefore(Instant time) {
            return new NewJob(
                    queue, type, subject, key, payload, maxAttempts, priority, aliveKey, time);
        }
    }
}
