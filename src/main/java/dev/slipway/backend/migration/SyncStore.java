package dev.slipway.backend.migration;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.events.Kind;
import dev.slipway.api.migration.RunSync;
import dev.slipway.backend.store.Events;

import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// Syncs in the state database. Each change of one is told in the same transaction.
public final class SyncStore {
    private static final String COLUMNS = "SELECT sync, anew, jobs FROM migration_sync ";

    private final ObjectMapper json;
    private final Events events;

    public SyncStore(ObjectMapper json, Events events) {
        this.json = json;
        this.events = events;
    }

    /// Writes a sync as it now stands, and tells it.
    void save(Handle handle, StoredSync stored) {
        RunSync sync = stored.sync();
        handle.createUpdate(
                        """
                        INSERT INTO migration_sync (run_id, plan, state, sync, anew, jobs)
                        VALUES (:run, :plan, :state, :sync, :anew, :jobs)
                        ON CONFLICT (run_id) DO UPDATE SET state = excluded.state,
                            sync = excluded.sync, anew = excluded.anew, jobs = excluded.jobs""")
                .bind("run", sync.runId())
                .bind("plan", sync.plan())
                .bind("state", sync.state().name())
                .bind("sync", write(sync))
                .bind("anew", stored.anew() ? 1 : 0)
                .bind("jobs", stored.jobs())
                .execute();
        events.publish(handle, Kind.SYNC, sync.runId(), sync);
    }

    Optional<StoredSync> find(Handle handle, String runId) {
        return handle.createQuery(COLUMNS + "WHERE run_id = :run")
                .bind("run", runId)
                .map((row, _) -> stored(row))
                .findOne();
    }

    /// A sync of a plan that is at work, or is to be.
    Optional<RunSync> open(Handle handle, String plan) {
        return handle.createQuery(
                        COLUMNS
                                + "WHERE plan = :plan AND state NOT IN ('STOPPED', 'FAILED')"
                                + " LIMIT 1")
                .bind("plan", plan)
                .map((row, _) -> stored(row).sync())
                .findOne();
    }

    /// The syncs that a job carries, or should.
    List<StoredSync> carried(Handle handle) {
        return handle.createQuery(
                        COLUMNS + "WHERE state NOT IN ('STOPPED', 'FAILED') ORDER BY run_id")
                .map((row, _) -> stored(row))
                .list();
    }

    /// All syncs.
    List<RunSync> all(Handle handle) {
        return handle.createQuery(
                        COLUMNS
                                + "ORDER BY (SELECT seq FROM migration_run WHERE id = run_id) DESC, run_id")
                .map((row, _) -> stored(row).sync())
                .list();
    }

    private StoredSync stored(ResultSet row) throws SQLException {
        try {
            return new StoredSync(
                    json.readValue(row.getString("sync"), RunSync.class),
                    row.getInt("anew") == 1,
                    row.getInt("jobs"));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String write(RunSync sync) {
        try {
            return json.writeValueAsString(sync);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
