package dev.slipway.backend.migration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.events.Kind;
import dev.slipway.api.migration.Pace;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.RunTiming;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.backend.store.Events;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Migration runs in the state database. Each change of one is told in the same transaction.
public final class MigrationStore {
    private static final TypeReference<List<StepProgress>> STEPS = new TypeReference<>() {};
    private static final String COLUMNS =
            "SELECT seq, id, plan, yaml, state, started_by, created_at, started_at, ended_at,"
                    + " steps, rows_per_second, eta_seconds, reason, job_id, jobs, timing"
                    + " FROM migration_run ";

    private final ObjectMapper json;
    private final Events events;

    public MigrationStore(ObjectMapper json, Events events) {
        this.json = json;
        this.events = events;
    }

    /// Adds a run.
    void add(Handle handle, Run run, String yaml) {
        handle.createUpdate(
                        "INSERT INTO migration_run (id, plan, yaml, state, started_by, created_at,"
                                + " job_id, jobs, timing) VALUES (:id, :plan, :yaml, :state, :by,"
                                + " :at, :job, 1, :timing)")
                .bind("id", run.id())
                .bind("plan", run.plan())
                .bind("yaml", yaml)
                .bind("state", run.state().name())
                .bind("by", run.startedBy())
                .bind("at", run.createdAt().toEpochMilli())
                .bind("job", run.jobId())
                .bind("timing", write(run.timing()))
                .execute();
        events.publish(handle, Kind.RUN, run.id(), run);
    }

    /// Writes a run as it now stands, and tells it.
    void save(Handle handle, Run run) {
        handle.createUpdate(
                        "UPDATE migration_run SET state = :state, started_at = :started,"
                                + " ended_at = :ended, steps = :steps, rows_per_second = :rate,"
                                + " eta_seconds = :eta, reason = :reason, timing = :timing"
                                + " WHERE id = :id")
                .bind("id", run.id())
                .bind("state", run.state().name())
                .bind("started", millis(run.startedAt()))
                .bind("ended", millis(run.endedAt()))
                .bind("steps", write(run.steps()))
                .bind("rate", run.rowsPerSecond())
                .bind("eta", run.etaSeconds())
                .bind("reason", run.reason())
                .bind("timing", write(run.timing()))
                .execute();
        events.publish(handle, Kind.RUN, run.id(), run);
    }

    /// Notes the job that carries a run from now on.
    void carriedBy(Handle handle, String runId, String jobId) {
        handle.createUpdate(
                        "UPDATE migration_run SET job_id = :job, jobs = jobs + 1 WHERE id = :id")
                .bind("id", runId)
                .bind("job", jobId)
                .execute();
    }

    /// Notes the plan that a run goes by from now on.
    void goesBy(Handle handle, String runId, String yaml) {
        handle.createUpdate("UPDATE migration_run SET yaml = :yaml WHERE id = :id")
                .bind("id", runId)
                .bind("yaml", yaml)
                .execute();
    }

    Optional<StoredRun> find(Handle handle, String id) {
        return handle.createQuery(COLUMNS + "WHERE id = :id")
                .bind("id", id)
                .map((row, _) -> run(row))
                .findOne();
    }

    Optional<RunState> state(Handle handle, String id) {
        return handle.createQuery("SELECT state FROM migration_run WHERE id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .map(RunState::valueOf);
    }

    /// What a person wants of a run just now; empty if there is none of that id.
    Optional<Pace> pace(Handle handle, String id) {
        return handle.createQuery("SELECT timing FROM migration_run WHERE id = :id")
                .bind("id", id)
                .mapTo(String.class)
                .findOne()
                .map(known -> timing(known).pace());
    }

    /// A run of a plan that is not over.
    Optional<StoredRun> open(Handle handle, String plan) {
        return handle.createQuery(
                        COLUMNS
                                + "WHERE plan = :plan AND state NOT IN ('CANCELLED', 'INVALID',"
                                + " 'VALIDATED') LIMIT 1")
                .bind("plan", plan)
                .map((row, _) -> run(row))
                .findOne();
    }

    /// The runs that a job carries, or should.
    List<Run> carried(Handle handle) {
        return handle.createQuery(
                        COLUMNS
                                + "WHERE state IN ('QUEUED', 'RUNNING', 'PAUSING', 'CANCELLING')"
                                + " ORDER BY seq")
                .map((row, _) -> run(row).run())
                .list();
    }

    /// The run whose sync keeps a plan's target up to date just now.
    Optional<String> synced(Handle handle, String plan) {
        return handle.createQuery(
                        "SELECT run_id FROM migration_sync WHERE plan = :plan"
                                + " AND state NOT IN ('STOPPED', 'FAILED') LIMIT 1")
                .bind("plan", plan)
                .mapTo(String.class)
                .findOne();
    }

    /// Runs, newest first.
    ///
    /// @param before only those older than this number; 0 for the newest
    List<Numbered> page(Handle handle, long before, int limit) {
        return handle.createQuery(
                        COLUMNS
                                + "WHERE :before = 0 OR seq < :before ORDER BY seq DESC"
                                + " LIMIT :limit")
                .bind("before", before)
                .bind("limit", limit)
                .map((row, _) -> new Numbered(row.getLong("seq"), run(row).run()))
                .list();
    }

    long count(Handle handle) {
        return handle.createQuery("SELECT count(*) FROM migration_run").mapTo(Long.class).one();
    }

    /// A run and its place among all.
    record Numbered(long number, Run run) {}

    private StoredRun run(ResultSet row) throws SQLException {
        long eta = row.getLong("eta_seconds");
        Long etaSeconds = row.wasNull() ? null : eta;
        var run =
                new Run(
                        row.getString("id"),
                        row.getString("plan"),
                        RunState.valueOf(row.getString("state")),
                        row.getString("started_by"),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        instant(row, "started_at"),
                        instant(row, "ended_at"),
                        read(row.getString("steps")),
                        row.getDouble("rows_per_second"),
                        etaSeconds,
                        row.getString("reason"),
                        row.getString("job_id"),
                        timing(row.getString("timing")));
        return new StoredRun(run, row.getString("yaml"), row.getInt("jobs"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        long millis = row.getLong(column);
        return row.wasNull() ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable Long millis(@Nullable Instant instant) {
        return instant == null ? null : instant.toEpochMilli();
    }

    private List<StepProgress> read(String steps) {
        try {
            return json.readValue(steps, STEPS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private RunTiming timing(String known) {
        try {
            return known.equals("{}") ? RunTiming.NONE : json.readValue(known, RunTiming.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
