package dev.slipway.backend.tasks.export;

import dev.slipway.backend.tasks.export.file.DraftFile;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What the worker whose turn it is writes of an export to the state database. Its writes name its
/// turn: one that was left behind changes nothing.
final class ExportTurns {
    private static final String NO_PIECE =
            "piece_file = NULL, piece_bytes = NULL, piece_sha256 = NULL, piece_rows = NULL,"
                    + " piece_last = NULL, ";

    /// How far it is when it goes on, or begins again where there is nothing to go on with.
    private static final String FROM_PIECE =
            "rows_done = coalesce(piece_rows, 0), rows_total = NULL, eta_seconds = NULL,"
                    + " as_of = CASE WHEN piece_rows IS NULL THEN NULL ELSE as_of END,"
                    + " last_as_of = CASE WHEN piece_rows IS NULL THEN NULL ELSE last_as_of END";

    private final ExportStore exports;

    ExportTurns(ExportStore exports) {
        this.exports = exports;
    }

    /// A worker begins it, also when another one had begun it, or it had failed and its job was
    /// raised again.
    ///
    /// @return empty if there is nothing to do
    Optional<StoredExport> begin(Handle handle, String id, Instant now) {
        int begun =
                handle.createUpdate(
                                "UPDATE data_export SET state = 'RUNNING', turn = turn + 1,"
                                        + " started_at = :now, ended_at = NULL, "
                                        + FROM_PIECE
                                        + " WHERE id = :id AND state IN ('QUEUED', 'RUNNING', 'FAILED')")
                        .bind("id", id)
                        .bind("now", now.toEpochMilli())
                        .execute();
        if (begun == 0) {
            return Optional.empty();
        }
        exports.publish(handle, id);
        return exports.find(handle, id);
    }

    /// @return false if it is no longer this worker's to write
    boolean progress(Handle handle, StoredExport held, HowFar far) {
        Instant last = far.lastAsOf();
        return held(
                handle,
                held,
                "rows_done = :rows, rows_total = :total, as_of = :asOf,"
                        + " last_as_of = cast(:last AS BIGINT),"
                        + " eta_seconds = cast(:eta AS BIGINT)",
                update ->
                        update.bind("rows", far.rows())
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
                NO_PIECE
                        + "state = 'READY', ended_at = :now, rows_done = :rows, eta_seconds ="
                        + " NULL, bytes = :bytes, sha256 = :sha, expires_at ="
                        + " :expires, file = :file, reason = NULL",
                update ->
                        update.bind("now", now.toEpochMilli())
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
                "state = 'QUEUED', started_at = NULL, reason = cast(:reason AS TEXT), "
                        + FROM_PIECE,
                update -> update.bind("reason", reason));
    }

    /// @return false if it is no longer this worker's to write
    boolean failed(Handle handle, StoredExport held, String reason, Instant now) {
        return held(
                handle,
                held,
                NO_PIECE
                        + "state = 'FAILED', ended_at = :now, eta_seconds = NULL,"
                        + " reason = :reason",
                update -> update.bind("now", now.toEpochMilli()).bind("reason", reason));
    }

    private static Update update(Handle handle, StoredExport held, String set) {
        return handle.createUpdate(
                        "UPDATE data_export SET "
                                + set
                                + " WHERE id = :id AND turn = :turn AND state = 'RUNNING'")
                .bind("id", held.export().id())
                .bind("turn", held.turn());
    }

    /// @return false if it is no longer this worker's to write
    private boolean held(
            Handle handle, StoredExport held, String set, UnaryOperator<Update> values) {
        boolean changed = values.apply(update(handle, held, set)).execute() == 1;
        if (changed) {
            exports.publish(handle, held.export().id());
        }
        return changed;
    }
}
