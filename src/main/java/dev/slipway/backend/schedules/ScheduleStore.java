package dev.slipway.backend.schedules;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.schedules.SchedulePause;
import dev.slipway.api.schedules.ScheduleSpec;
import dev.slipway.api.schedules.ScheduleVersion;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Schedules and their earlier versions in the state database.
final class ScheduleStore {
    private final ObjectMapper json;

    ScheduleStore(ObjectMapper json) {
        this.json = json;
    }

    /// Every schedule that was not removed, by name.
    List<StoredSchedule> all(Handle handle) {
        return handle.createQuery("SELECT * FROM schedule WHERE removed = 0 ORDER BY name")
                .map((row, _) -> schedule(row))
                .list();
    }

    /// Also one that was removed.
    Optional<StoredSchedule> find(Handle handle, String name) {
        return handle.createQuery("SELECT * FROM schedule WHERE name = :name")
                .bind("name", name)
                .map((row, _) -> schedule(row))
                .findOne();
    }

    /// Locks a schedule's row until the transaction ends: whoever else wants to start or change one
    /// of its runs, in whatever backend, waits.
    ///
    /// @return the schedule as it stands when the lock is held
    Optional<StoredSchedule> lock(Handle handle, String name) {
        int rows =
                handle.createUpdate("UPDATE schedule SET version = version WHERE name = :name")
                        .bind("name", name)
                        .execute();
        return rows == 0 ? Optional.empty() : find(handle, name);
    }

    void seen(Handle handle, String name, Instant until) {
        handle.createUpdate("UPDATE schedule SET seen_until = :until WHERE name = :name")
                .bind("name", name)
                .bind("until", until.toEpochMilli())
                .execute();
    }

    /// @return false if there is one of that name
    boolean add(Handle handle, StoredSchedule schedule, String change, String reason) {
        int rows =
                handle.createUpdate(
                                """
                                INSERT INTO schedule
                                  (name, version, spec, removed, seen_until, changed_by, changed_at)
                                VALUES (:name, :version, :spec, 0, :seen, :by, :at)
                                ON CONFLICT (name) DO NOTHING""")
                        .bind("name", schedule.name())
                        .bind("version", schedule.version())
                        .bind("spec", write(schedule.spec()))
                        .bind("seen", schedule.seenUntil().toEpochMilli())
                        .bind("by", schedule.changedBy())
                        .bind("at", schedule.changedAt().toEpochMilli())
                        .execute();
        if (rows == 1) {
            keep(handle, schedule, change, reason);
        }
        return rows == 1;
    }

    /// Writes the next version of a schedule that the transaction has locked.
    void change(Handle handle, StoredSchedule next, String change, String reason) {
        handle.createUpdate(
                        """
                        UPDATE schedule SET version = :version, spec = :spec, removed = :removed,
                          seen_until = :seen, changed_by = :by, changed_at = :at
                        WHERE name = :name""")
                .bind("name", next.name())
                .bind("version", next.version())
                .bind("spec", write(next.spec()))
                .bind("removed", next.removed() ? 1 : 0)
                .bind("seen", next.seenUntil().toEpochMilli())
                .bind("by", next.changedBy())
                .bind("at", next.changedAt().toEpochMilli())
                .execute();
        keep(handle, next, change, reason);
    }

    private void keep(Handle handle, StoredSchedule version, String change, String reason) {
        handle.createUpdate(
                        """
                        INSERT INTO schedule_version
                          (schedule, version, spec, removed, change, changed_by, changed_at, reason)
                        VALUES (:name, :version, :spec, :removed, :change, :by, :at, :reason)""")
                .bind("name", version.name())
                .bind("version", version.version())
                .bind("spec", write(version.spec()))
                .bind("removed", version.removed() ? 1 : 0)
                .bind("change", change)
                .bind("by", version.changedBy())
                .bind("at", version.changedAt().toEpochMilli())
                .bind("reason", reason)
                .execute();
    }

    void pause(Handle handle, String name, @Nullable SchedulePause pause) {
        handle.createUpdate(
                        """
                        UPDATE schedule SET paused_by = :by, paused_at = cast(:since AS BIGINT),
                          paused_until = cast(:until AS BIGINT), paused_reason = :reason
                        WHERE name = :name""")
                .bind("name", name)
                .bind("by", pause == null ? null : pause.by())
                .bind("since", pause == null ? null : (Long) pause.since().toEpochMilli())
                .bind(
                        "until",
                        pause == null || pause.until() == null
                                ? null
                                : (Long) pause.until().toEpochMilli())
                .bind("reason", pause == null ? null : pause.reason())
                .execute();
    }

    /// A schedule's versions, the latest first.
    List<ScheduleVersion> versions(Handle handle, String name, long before, int limit) {
        return handle.createQuery(
                        """
                        SELECT * FROM schedule_version
                        WHERE schedule = :name AND version < :before
                        ORDER BY version DESC LIMIT :limit""")
                .bind("name", name)
                .bind("before", before)
                .bind("limit", limit)
                .map((row, _) -> version(row))
                .list();
    }

    private ScheduleVersion version(ResultSet row) throws SQLException {
        return new ScheduleVersion(
                row.getString("schedule"),
                row.getLong("version"),
                read(row.getString("spec")),
                row.getInt("removed") == 1,
                row.getString("change"),
                row.getString("changed_by"),
                Instant.ofEpochMilli(row.getLong("changed_at")),
                row.getString("reason"));
    }

    private StoredSchedule schedule(ResultSet row) throws SQLException {
        String pausedBy = row.getString("paused_by");
        return new StoredSchedule(
                row.getString("name"),
                row.getLong("version"),
                read(row.getString("spec")),
                row.getInt("removed") == 1,
                Instant.ofEpochMilli(row.getLong("seen_until")),
                pausedBy == null
                        ? null
                        : new SchedulePause(
                                pausedBy,
                                Instant.ofEpochMilli(row.getLong("paused_at")),
                                ScheduleRuns.instant(row, "paused_until"),
                                row.getString("paused_reason")),
                row.getString("changed_by"),
                Instant.ofEpochMilli(row.getLong("changed_at")));
    }

    private String write(ScheduleSpec spec) {
        try {
            return json.writeValueAsString(spec);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a schedule can't be written as JSON", e);
        }
    }

    private ScheduleSpec read(String spec) {
        try {
            return json.readValue(spec, ScheduleSpec.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the state database holds broken JSON", e);
        }
    }
}
