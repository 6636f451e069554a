package dev.slipway.backend.schedules;

import dev.slipway.api.queues.JobState;
import dev.slipway.api.schedules.RunCause;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.schedules.ScheduleRunState;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// The runs of schedules in the state database: one row for each schedule and business date.
final class ScheduleRuns {

    /// A run whose job says something else than the run does.
    record Followed(
            ScheduleRun run, JobState job, @Nullable Instant ended, @Nullable String error) {}

    /// @return false if the date has a run already; nothing is changed then
    boolean add(Handle handle, ScheduleRun run) {
        return bound(
                                handle.createUpdate(
                                        """
                                        INSERT INTO schedule_run
                                          (schedule, business_date, due_at, state, cause,
                                           started_at, ended_at, job, account, reason)
                                        VALUES (:schedule, :date, cast(:due AS BIGINT), :state,
                                           :cause, cast(:started AS BIGINT),
                                           cast(:ended AS BIGINT), :job, :by, :reason)
                                        ON CONFLICT (schedule, business_date) DO NOTHING"""),
                                run)
                        .execute()
                == 1;
    }

    void put(Handle handle, ScheduleRun run) {
        bound(
                        handle.createUpdate(
                                """
                                UPDATE schedule_run SET due_at = cast(:due AS BIGINT),
                                  state = :state, cause = :cause,
                                  started_at = cast(:started AS BIGINT),
                                  ended_at = cast(:ended AS BIGINT), job = :job, account = :by,
                                  reason = :reason
                                WHERE schedule = :schedule AND business_date = :date"""),
                        run)
                .execute();
    }

    private static <T extends SqlStatement<T>> T bound(T statement, ScheduleRun run) {
        return statement
                .bind("schedule", run.schedule())
                .bind("date", run.businessDate().toString())
                .bind("due", millis(run.dueAt()))
                .bind("state", run.state().name())
                .bind("cause", run.cause().name())
                .bind("started", millis(run.startedAt()))
                .bind("ended", millis(run.endedAt()))
                .bind("job", run.jobId())
                .bind("by", run.by())
                .bind("reason", run.reason());
    }

    void remove(Handle handle, ScheduleRun run) {
        handle.createUpdate(
                        "DELETE FROM schedule_run"
                                + " WHERE schedule = :schedule AND business_date = :date")
                .bind("schedule", run.schedule())
                .bind("date", run.businessDate().toString())
                .execute();
    }

    Optional<ScheduleRun> find(Handle handle, String schedule, LocalDate date) {
        return handle.createQuery(
                        "SELECT * FROM schedule_run"
                                + " WHERE schedule = :schedule AND business_date = :date")
                .bind("schedule", schedule)
                .bind("date", date.toString())
                .map((row, _) -> run(row))
                .findOne();
    }

    /// The runs of a schedule in one state, by due time.
    List<ScheduleRun> in(Handle handle, String schedule, ScheduleRunState state) {
        return handle.createQuery(
                        """
                        SELECT * FROM schedule_run WHERE schedule = :schedule AND state = :state
                        ORDER BY due_at, business_date""")
                .bind("schedule", schedule)
                .bind("state", state.name())
                .map((row, _) -> run(row))
                .list();
    }

    /// What a schedule did by itself for due times that are still to come: it was written when a
    /// clock was ahead. A person's act and what was started are no such thing.
    List<ScheduleRun> premature(Handle handle, String schedule, Instant now) {
        return handle.createQuery(
                        """
                        SELECT * FROM schedule_run
                        WHERE schedule = :schedule AND due_at > :now AND account IS NULL
                          AND state IN ('MISSED', 'SKIPPED', 'WAITING') AND job IS NULL
                        ORDER BY due_at, business_date""")
                .bind("schedule", schedule)
                .bind("now", now.toEpochMilli())
                .map((row, _) -> run(row))
                .list();
    }

    /// The runs of a schedule from a date on, by date.
    List<ScheduleRun> from(Handle handle, String schedule, LocalDate date) {
        return handle.createQuery(
                        """
                        SELECT * FROM schedule_run
                        WHERE schedule = :schedule AND business_date >= :date
                        ORDER BY business_date""")
                .bind("schedule", schedule)
                .bind("date", date.toString())
                .map((row, _) -> run(row))
                .list();
    }

    /// A schedule's runs, the latest date first.
    List<ScheduleRun> before(Handle handle, String schedule, String date, int limit) {
        return handle.createQuery(
                        """
                        SELECT * FROM schedule_run
                        WHERE schedule = :schedule AND business_date < :date
                        ORDER BY business_date DESC LIMIT :limit""")
                .bind("schedule", schedule)
                .bind("date", date)
                .bind("limit", limit)
                .map((row, _) -> run(row))
                .list();
    }

    /// The latest date of a schedule that was not put off to come.
    Optional<ScheduleRun> last(Handle handle, String schedule, Instant now) {
        return handle.createQuery(
                        """
                        SELECT * FROM schedule_run
                        WHERE schedule = :schedule
                          AND (started_at IS NOT NULL OR coalesce(due_at, 0) <= :now)
                        ORDER BY business_date DESC LIMIT 1""")
                .bind("schedule", schedule)
                .bind("now", now.toEpochMilli())
                .map((row, _) -> run(row))
                .findOne();
    }

    /// The runs of all schedules from a date on, the latest first.
    List<ScheduleRun> latest(Handle handle, LocalDate from, int limit) {
        return handle.createQuery(
                        """
                        SELECT * FROM schedule_run WHERE business_date >= :date
                        ORDER BY business_date DESC, schedule LIMIT :limit""")
                .bind("date", from.toString())
                .bind("limit", limit)
                .map((row, _) -> run(row))
                .list();
    }

    /// Runs whose job has ended, or runs again after it had failed.
    List<Followed> moved(Handle handle) {
        return handle.createQuery(
                        """
                        SELECT r.*, j.state AS job_state, j.ended_at AS job_ended,
                          j.error AS job_error
                        FROM schedule_run r JOIN job j ON j.id = r.job
                        WHERE (r.state = 'STARTED'
                                AND j.state IN ('SUCCEEDED', 'DEAD', 'DISCARDED'))
                           OR (r.state = 'FAILED'
                                AND j.state IN ('READY', 'RUNNING', 'RETRYING', 'SUCCEEDED'))
                        ORDER BY r.schedule, r.business_date""")
                .map(
                        (row, _) ->
                                new Followed(
                                        run(row),
                                        JobState.valueOf(row.getString("job_state")),
                                        instant(row, "job_ended"),
                                        row.getString("job_error")))
                .list();
    }

    static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : (Long) instant.toEpochMilli();
    }

    private static ScheduleRun run(ResultSet row) throws SQLException {
        return new ScheduleRun(
                row.getString("schedule"),
                LocalDate.parse(row.getString("business_date")),
                instant(row, "due_at"),
                ScheduleRunState.valueOf(row.getString("state")),
                RunCause.valueOf(row.getString("cause")),
                instant(row, "started_at"),
                instant(row, "ended_at"),
                row.getString("job"),
                row.getString("account"),
                row.getString("reason"));
    }
}
