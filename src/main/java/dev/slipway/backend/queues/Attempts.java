package dev.slipway.backend.queues;

import dev.slipway.api.queues.Attempt;
import dev.slipway.api.queues.AttemptEnd;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// The rows of each time that a worker took a job. One begins with the claim, in its transaction;
/// what a worker left open when it died is closed by who takes the job over.
final class Attempts {
    /// A job that waits for its window for months is claimed often: the oldest are forgotten.
    static final int MOST = 500;

    void begin(Handle handle, StoredJob taken, String worker, Instant now) {
        if (taken.losses() > 0) {
            closeLost(handle, taken.seq(), taken.lease() - 1, now);
        }
        handle.createUpdate(
                        """
                        INSERT INTO job_attempt (job, number, attempt, worker, started_at)
                        VALUES (:job, :number, :attempt, :worker, :now)""")
                .bind("job", taken.seq())
                .bind("number", taken.lease())
                .bind("attempt", taken.job().attempt())
                .bind("worker", worker)
                .bind("now", now.toEpochMilli())
                .execute();
        if (taken.lease() > MOST) {
            handle.createUpdate("DELETE FROM job_attempt WHERE job = :job AND number <= :number")
                    .bind("job", taken.seq())
                    .bind("number", taken.lease() - MOST)
                    .execute();
        }
    }

    /// Closes what a worker left open that no longer answers.
    void closeLost(Handle handle, long job, long number, Instant now) {
        handle.createUpdate(
                        """
                        UPDATE job_attempt SET ended_at = :now, ending = 'LOST',
                            error = 'The worker stopped answering.'
                        WHERE job = :job AND number = :number AND ended_at IS NULL""")
                .bind("job", job)
                .bind("number", number)
                .bind("now", now.toEpochMilli())
                .execute();
    }

    void end(Handle handle, StoredJob held, End end, Instant now) {
        handle.createUpdate(
                        """
                        UPDATE job_attempt SET ended_at = :now, ending = :ending, error = :error,
                            fingerprint = :print, cpu_millis = :cpu
                        WHERE job = :job AND number = :number AND ended_at IS NULL""")
                .bind("job", held.seq())
                .bind("number", held.lease())
                .bind("now", now.toEpochMilli())
                .bind("ending", end.how.name())
                .bind("error", end.error)
                .bind("print", end.fingerprint)
                .bind("cpu", end.cpuMillis)
                .execute();
    }

    /// A job's attempts, the first first.
    static List<Attempt> of(Handle handle, long job) {
        return handle.createQuery(
                        """
                        SELECT number, attempt, worker, started_at, ended_at, ending, error,
                            fingerprint, cpu_millis
                        FROM job_attempt WHERE job = :job ORDER BY number""")
                .bind("job", job)
                .map((row, _) -> attempt(row))
                .list();
    }

    private static Attempt attempt(ResultSet row) throws SQLException {
        String ending = row.getString("ending");
        long ended = row.getLong("ended_at");
        long cpu = row.getLong("cpu_millis");
        boolean noCpu = row.wasNull();
        return new Attempt(
                row.getLong("number"),
                row.getInt("attempt"),
                row.getString("worker"),
                Instant.ofEpochMilli(row.getLong("started_at")),
                ending == null ? null : Instant.ofEpochMilli(ended),
                ending == null ? null : AttemptEnd.valueOf(ending),
                row.getString("error"),
                row.getString("fingerprint"),
                noCpu ? null : cpu);
    }

    /// @param cpuMillis CPU time of the thread that ran it, or null
    record End(
            AttemptEnd how,
            @Nullable String error,
            @Nullable String fingerprint,
            @Nullable Long cpuMillis) {}
}
