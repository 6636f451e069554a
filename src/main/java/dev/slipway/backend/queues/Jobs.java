package dev.slipway.backend.queues;

import org.jdbi.v3.core.Handle;

import java.util.Optional;

/// Finds one job.
final class Jobs {
    private Jobs() {}

    static Optional<StoredJob> byId(Handle handle, String id) {
        return handle.createQuery("SELECT " + StoredJob.COLUMNS + " FROM job WHERE id = :id")
                .bind("id", id)
                .map(StoredJob::map)
                .findOne();
    }
}
