package dev.slipway.backend.tasks.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.events.Kind;
import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.api.tasks.ExportFormat;
import dev.slipway.api.tasks.ExportOf;
import dev.slipway.api.tasks.ExportState;
import dev.slipway.api.tasks.StartExport;
import dev.slipway.backend.store.Events;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Exports in the state database, as people see and change them. Whoever changes one publishes it
/// in the same transaction. What a worker writes of one is in [ExportTurns], what time does to them
/// in [AgedExports].
final class ExportStore {
    private final ObjectMapper json;
    private final Events events;

    ExportStore(ObjectMapper json, Events events) {
        this.json = json;
        this.events = events;
    }

    void add(Handle handle, String id, StartExport wanted, String user, String name, Instant now) {
        handle.createUpdate(
                        """
                        INSERT INTO data_export (id, what, format, filter, state, started_by,
                          created_at, file_name)
                        VALUES (:id, :what, :format, :filter, 'QUEUED', :user, :now, :name)\
                        """)
                .bind("id", id)
                .bind("what", wanted.what().name())
                .bind("format", wanted.format().name())
                .bind("filter", write(wanted.which()))
                .bind("user", user)
                .bind("now", now.toEpochMilli())
                .bind("name", name)
                .execute();
    }

    Export carriedBy(Handle handle, String id, String job) {
        handle.createUpdate("UPDATE data_export SET job_id = :job WHERE id = :id")
                .bind("job", job)
                .bind("id", id)
                .execute();
        return publish(handle, id);
    }

    Optional<StoredExport> find(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM data_export WHERE id = :id")
                .bind("id", id)
                .map((row, _) -> stored(row))
                .findOne();
    }

    /// The newest before one.
    ///
    /// @param at when that one was made
    List<Export> before(Handle handle, long at, String id, int limit) {
        return handle.createQuery(
                        """
                        SELECT * FROM data_export
                        WHERE created_at < :at OR (created_at = :at AND id < :id)
                        ORDER BY created_at DESC, id DESC LIMIT :limit\
                        """)
                .bind("at", at)
                .bind("id", id)
                .bind("limit", limit)
                .map((row, _) -> stored(row).export())
                .list();
    }

    int open(Handle handle) {
        return handle.createQuery(
                        "SELECT count(*) FROM data_export WHERE state IN ('QUEUED', 'RUNNING')")
                .mapTo(Integer.class)
                .one();
    }

    /// @return false if it was no longer to be written
    boolean cancel(Handle handle, String id, String reason, Instant now) {
        return end(handle, id, ExportState.CANCELLED, reason, now);
    }

    /// Ends one that is still open.
    boolean end(Handle handle, String id, ExportState state, String reason, Instant now) {
        int ended =
                handle.createUpdate(
                                """
                                UPDATE data_export SET state = :state, ended_at = :now,
                                  eta_seconds = NULL, reason = :reason
                                WHERE id = :id AND state IN ('QUEUED', 'RUNNING')\
                                """)
                        .bind("state", state.name())
                        .bind("id", id)
                        .bind("reason", reason)
                        .bind("now", now.toEpochMilli())
                        .execute();
        if (ended == 1) {
            publish(handle, id);
        }
        return ended == 1;
    }

    void delete(Handle handle, String id) {
        handle.createUpdate("DELETE FROM data_export WHERE id = :id").bind("id", id).execute();
        events.publish(handle, Kind.EXPORT, id, null);
    }

    Export publish(Handle handle, String id) {
        Export export = find(handle, id).orElseThrow().export();
        events.publish(handle, Kind.EXPORT, id, export);
        return export;
    }

    StoredExport stored(ResultSet row) throws SQLException {
        var export =
                new Export(
                        row.getString("id"),
                        ExportOf.valueOf(row.getString("what")),
                        ExportFormat.valueOf(row.getString("format")),
                        filter(row.getString("filter")),
                        ExportState.valueOf(row.getString("state")),
                        row.getString("started_by"),
                        Instant.ofEpochMilli(row.getLong("created_at")),
                        instant(row, "started_at"),
                        instant(row, "ended_at"),
                        row.getString("job_id"),
                        row.getLong("rows_done"),
                        number(row, "rows_total"),
                        number(row, "eta_seconds"),
                        instant(row, "as_of"),
                        instant(row, "last_as_of"),
                        number(row, "bytes"),
                        row.getString("sha256"),
                        instant(row, "expires_at"),
                        row.getString("file_name"),
                        row.getString("reason"));
        return new StoredExport(export, row.getInt("turn"), row.getString("file"), piece(row));
    }

    private static @Nullable Piece piece(ResultSet row) throws SQLException {
        String file = row.getString("piece_file");
        return file == null
                ? null
                : new Piece(
                        file,
                        row.getLong("piece_bytes"),
                        row.getString("piece_sha256"),
                        row.getLong("piece_rows"),
                        row.getString("piece_last"));
    }

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        Long millis = number(row, column);
        return millis == null ? null : Instant.ofEpochMilli(millis);
    }

    private static @Nullable Long number(ResultSet row, String column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? null : value;
    }

    private String write(ExportFilter filter) {
        try {
            return json.writeValueAsString(filter);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a filter can't be written as JSON", e);
        }
    }

    private ExportFilter filter(String text) {
        try {
            return json.readValue(text, ExportFilter.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the state database holds broken JSON", e);
        }
    }
}
