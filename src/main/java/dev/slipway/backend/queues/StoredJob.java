package dev.slipway.backend.queues;

import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobState;
import dev.slipway.api.queues.Priority;
import dev.slipway.api.queues.Stop;

import org.jdbi.v3.core.statement.StatementContext;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/// A job's row.
///
/// @param seq its order among all jobs
/// @param lease the claim that holds it, counted from 1
/// @param losses workers in a row that died over it
/// @param payload JSON
/// @param job what the contract shows of it
record StoredJob(long seq, long lease, int losses, String payload, Job job) {

    static final String COLUMNS =
            "seq, lease, losses, payload, id, queue, type, subject, state, attempt, max_attempts,"
                    + " created_at, run_at, started_at, ended_at, worker, done, total, error,"
                    + " fingerprint, priority, stop_by, stop_reason, stop_at";

    static StoredJob map(ResultSet row, StatementContext context) throws SQLException {
        return new StoredJob(
                row.getLong("seq"),
                row.getLong("lease"),
                row.getInt("losses"),
                row.getString("payload"),
                job(row));
    }

    private static Job job(ResultSet row) throws SQLException {
        return new Job(
                row.getString("id"),
                row.getString("queue"),
                row.getString("type"),
                row.getString("subject"),
                JobState.valueOf(row.getString("state")),
                row.getInt("attempt"),
                row.getInt("max_attempts"),
                Instant.ofEpochMilli(row.getLong("created_at")),
                Instant.ofEpochMilli(row.getLong("run_at")),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                row.getString("worker"),
                row.getLong("done"),
                row.getLong("total"),
                row.getString("error"),
                row.getString("fingerprint"),
                Priority.of(row.getInt("priority")),
                stop(row));
    }

    private static @Nullable Stop stop(ResultSet row) throws SQLException {
        String by = row.getString("stop_by");
        return by == null
                ? null
                : new Stop(
                        by,
                        row.getString("stop_reason"),
                        Instant.ofEpochMilli(row.getLong("stop_at")));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }
}
