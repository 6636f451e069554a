package dev.slipway.backend.brokers;

import dev.slipway.api.queues.Job;
import dev.slipway.backend.queues.JobQueue;

import org.jdbi.v3.core.Handle;

import java.util.Optional;

/// For tests that publish no job.
final class NoQueue implements JobQueue {
    @Override
    public String publish(Handle handle, NewJob job) {
        throw new AssertionError("published: " + job);
    }

    @Override
    public Optional<Job> find(Handle handle, String id) {
        return Optional.empty();
    }

    @Override
    public String again(Handle handle, NewJob job, String user) {
        throw new AssertionError("published: " + job);
    }
}
