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
import dev.slipway.backend.tasks.export.file.DraftFile;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Exports in the state database. Whoever changes one publishes it in the same transaction. A
/// worker's writes name its turn: one that was left behind changes nothing.
final class ExportStore {
    private static final String NO_PIECE =
            "piece_file = NULL, piece_bytes = NULL, piece_sha256 = NULL, piece_rows = NULL,"
                    + " piece_last = NULL, ";

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

    /// A worker begins it, also when another one had begun it, or it had failed and its job was
    /// raised again.
    ///
    /// @return empty if there is nothing to do
    Optional<StoredExport> begin(Handle handle, String id, Instant now) {
        int begun =
                handle.createUpdate(
                                """
                                UPDATE data_export SET state = 'RUNNING', turn = turn + 1,
                                  started_at = :now, ended_at = NULL, rows_total = NULL,
                                  eta_seconds = NULL, rows_done = coalesce(piece_rows, 0),
                                  as_of = CASE WHEN piece_rows IS NULL THEN NULL ELSE as_of END,
                                  last_as_of = CASE WHEN piece_rows IS NULL THEN NULL
                                                    ELSE last_as_of END
                                WHERE id = :id AND state IN ('QUEUED', 'RUNNING', 'FAILED')\
                                """)
                        .bind("id", id)
                        .bind("now", now.toEpochMilli())
                        .execute();
        if (begun == 0) {
            return Optional.empty();
        }
        publish(handle, id);
        return find(handle, id);
    }

    /// @return false if it is no longer this worker's to write
    boolean progress(Handle handle, StoredExport held, HowFar far) {
        Instant last = far.lastAsOf();
        return held(
                handle,
                held,
                update(
                                handle,
                                held,
                                "rows_done = :rows, rows_total = :total, as_of = :asOf,"
                                        + " last_as_of = cast(:last AS BIGINT),"
                                        + " eta_seconds = cast(:eta AS BIGINT)")
                        .bind("rows", far.rows())
                        .bind("total", far.total())
                        .bind("eta", far.eta())
                        .bind("asOf", far.asOf().toEpochMilli())
                        .bind("last", last == null ? null : last.toEpochMilli()));
    }

    /// From now on another worker goes on from there; told in the transaction of [#progress].
    ///
    /// @param piece or null if it is to begin again
    /// @return false if it is no longer this worker's to write
    boolean left(Handle handle, StoredExport held, @Nullable Piece piece) {
        return update(
                                handle,
                                held,
                                "piece_file = cast(:file AS TEXT), piece_bytes = cast(:bytes AS"
                                        + " BIGINT), piece_sha256 = cast(:sha AS TEXT), piece_rows ="
                                        + " cast(:rows AS BIGINT), piece_last = cast(:last AS TEXT)")
                        .bind("file", piece == null ? null : piece.file())
                        .bind("bytes", piece == null ? null : piece.bytes())
                        .bind("sha", piece == null ? null : piece.sha256())
                        .bind("rows", piece == null ? null : piece.rows())
                        .bind("last", piece == null ? null : piece.last())
                        .execute()
                == 1;
    }

    boolean ready(
            Handle handle,
            StoredExport held,
            String file,
            DraftFile.Kept kept,
            long rows,
            Instant now,
            Instant expires) {
        return held(
                handle,
                held,
                update(
                                handle,
                                held,
                                NO_PIECE
                                        + "state = 'READY', ended_at = :now, rows_done = :rows, eta_seconds ="
                                        + " NULL, bytes = :bytes, sha256 = :sha, expires_at ="
                                        + " :expires, file = :file, reason = NULL")
                        .bind("now", now.toEpochMilli())
                        .bind("rows", rows)
                        .bind("bytes", kept.bytes())
                        .bind("sha", kept.sha256())
                        .bind("expires", expires.toEpochMilli())
                        .bind("file", file));
    }

    /// It is given back to the queue, with what is left to go on with.
    void again(Handle handle, StoredExport held, @Nullable String reason) {
        held(
                handle,
                held,
                update(
                                handle,
                                held,
                                "state = 'QUEUED', started_at = NULL, rows_done ="
                                        + " coalesce(piece_rows, 0), rows_total = NULL, eta_seconds"
                                        + " = NULL, as_of = CASE WHEN piece_rows IS NULL THEN NULL"
                                        + " ELSE as_of END, last_as_of = CASE WHEN piece_rows IS NULL"
                                        + " THEN NULL ELSE last_as_of END, reason = cast(:reason AS TEXT)")
                        .bind("reason", reason));
    }

    /// @return false if it is no longer this worker's to write
    boolean failed(Handle handle, StoredExport held, String reason, Instant now) {
        return held(
                handle,
                held,
                update(
                                handle,
                                held,
                                NO_PIECE
                                        + "state = 'FAILED', ended_at = :now, eta_seconds = NULL,"
                                        + " reason = :reason")
                        .bind("now", now.toEpochMilli())
                        .bind("reason", reason));
    }

    private static Update update(Handle handle, StoredExport held, String set) {
        return handle.createUpdate(
                        "UPDATE data_export SET "
                                + set
                                + " WHERE id = :id AND turn = :turn AND state = 'RUNNING'")
                .bind("id", held.export().id())
                .bind("turn", held.turn());
    }

    private boolean held(Handle handle, StoredExport held, Update update) {
        boolean changed = update.execute() == 1;
        if (changed) {
            publish(handle, held.export().id());
        }
        return changed;
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

    /// Takes the files away whose time is over.
    ///
    /// @return their names in the folder
    List<String> expire(Handle handle, Instant now) {
        List<StoredExport> over =
                handle.createQuery(
                                "SELECT * FROM data_export WHERE file IS NOT NULL"
                                        + " AND expires_at <= :now ORDER BY id")
                        .bind("now", now.toEpochMilli())
                        .map((row, _) -> stored(row))
                        .list();
        for (StoredExport one : over) {
            handle.createUpdate(
                            "UPDATE data_export SET state = 'EXPIRED', file = NULL WHERE id = :id")
                    .bind("id", one.export().id())
                    .execute();
            publish(handle, one.export().id());
        }
        return over.stream().map(one -> String.valueOf(one.file())).toList();
    }

    /// Those that are open although no worker will ever take their job.
    List<String> orphans(Handle handle) {
        return handle.createQuery(
                        """
                        SELECT e.id FROM data_export e LEFT JOIN job j ON j.id = e.job_id
                        WHERE e.state IN ('QUEUED', 'RUNNING')
                          AND (j.id IS NULL OR j.state IN ('DEAD', 'DISCARDED', 'SUCCEEDED'))
                        ORDER BY e.id\
                        """)
                .mapTo(String.class)
                .list();
    }

    /// Those that ended long ago and have no file.
    List<String> old(Handle handle, Instant before) {
        return handle.createQuery(
                        "SELECT id FROM data_export WHERE file IS NULL AND ended_at < :before"
                                + " AND state IN ('FAILED', 'CANCELLED', 'EXPIRED') ORDER BY id")
                .bind("before", before.toEpochMilli())
                .mapTo(String.class)
                .list();
    }

    Export publish(Handle handle, String id) {
        Export export = find(handle, id).orElseThrow().export();
        events.publish(handle, Kind.EXPORT, id, export);
        return export;
    }

    private StoredExport stored(ResultSet row) throws SQLException {
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
