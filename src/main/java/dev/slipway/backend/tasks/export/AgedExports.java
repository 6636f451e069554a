package dev.slipway.backend.tasks.export;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.List;

/// What becomes of exports without anyone's doing: their time is over, their job has ended without
/// them, their file is lost.
final class AgedExports {
    private static final String READY = " WHERE id = :id AND state = 'READY' AND file = :file AND ";

    private final ExportStore exports;

    AgedExports(ExportStore exports) {
        this.exports = exports;
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
                        .map((row, _) -> exports.stored(row))
                        .list();
        for (StoredExport one : over) {
            handle.createUpdate(
                            "UPDATE data_export SET state = 'EXPIRED', file = NULL WHERE id = :id")
                    .bind("id", one.export().id())
                    .execute();
            exports.publish(handle, one.export().id());
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

    /// Those whose file should be in the folder.
    List<StoredExport> withFile(Handle handle) {
        return handle.createQuery("SELECT * FROM data_export WHERE file IS NOT NULL ORDER BY id")
                .map((row, _) -> exports.stored(row))
                .list();
    }

    /// Its file is not where it should be. What another machine said of it stays.
    ///
    /// @param why also what to do now
    void lost(Handle handle, StoredExport export, String why) {
        told(
                handle,
                export,
                "UPDATE data_export SET reason = :why" + READY + "reason IS NULL",
                why);
    }

    /// Its file is back.
    ///
    /// @param why what was said of it as long as it was lost; what another machine said stays
    void found(Handle handle, StoredExport export, String why) {
        told(handle, export, "UPDATE data_export SET reason = NULL" + READY + "reason = :why", why);
    }

    private void told(Handle handle, StoredExport export, String update, String why) {
        String id = export.export().id();
        int changed =
                handle.createUpdate(update)
                        .bind("id", id)
                        .bind("file", export.file())
                        .bind("why", why)
                        .execute();
        if (changed == 1) {
            exports.publish(handle, id);
        }
    }
}
