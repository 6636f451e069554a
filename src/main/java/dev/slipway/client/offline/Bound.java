package dev.slipway.client.offline;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/// Keeps the file below its bound: what was used, fetched or measured longest ago goes first. What
/// the live stream holds whole (queues, runs, the launch) is small and stays.
final class Bound {
    /// Room is made down to this share, so that it is not made again at once.
    private static final double ROOM = 0.9;

    private static final String OLDEST =
            """
            SELECT * FROM (
                SELECT * FROM (SELECT used_at AS at, 'pdf' AS store, rowid AS id,
                    length(bytes) AS bytes FROM pdf ORDER BY used_at LIMIT 50)
                UNION ALL
                SELECT * FROM (SELECT at, 'document', rowid, length(json) + 200 FROM document
                    WHERE kind IN ('job', 'invoice', 'chunk', 'quarantined', 'audit',
                        'job-line', 'quarantine-reason', 'schedule-run', 'schedule-version', 'picture')
                    ORDER BY at LIMIT 500)
                UNION ALL
                SELECT * FROM (SELECT at, 'interval', at, 200 * count(*) FROM interval
                    GROUP BY at ORDER BY at LIMIT 500))
            ORDER BY at""";

    private final StoreFile file;
    private final long maxBytes;
    private final AtomicLong unchecked = new AtomicLong();

    Bound(StoreFile file, long maxBytes) {
        this.file = file;
        this.maxBytes = maxBytes;
    }

    /// Notes that about so many bytes came in; looks at the file when they add up.
    void grown(long bytes) {
        if (unchecked.addAndGet(bytes) >= maxBytes / 50) {
            unchecked.set(0);
            if (bytes() > maxBytes * (ROOM + 1) / 2) {
                makeRoom();
            }
        }
    }

    /// Bytes in use, without the pages that are free.
    long bytes() {
        return file.read(
                connection ->
                        pragma(connection, "page_size")
                                * (pragma(connection, "page_count")
                                        - pragma(connection, "freelist_count")));
    }

    private void makeRoom() {
        long tooMany;
        while ((tooMany = bytes() - (long) (maxBytes * ROOM)) > 0) {
            long wanted = tooMany;
            if (file.write(connection -> dropOldest(connection, wanted)) == 0) {
                break;
            }
        }
        file.maintain(
                connection -> {
                    try (var statement = connection.createStatement()) {
                        statement.executeUpdate("PRAGMA incremental_vacuum");
                        return statement.executeUpdate("PRAGMA wal_checkpoint(TRUNCATE)");
                    }
                });
    }

    private static int dropOldest(Connection connection, long wanted) throws SQLException {
        int dropped = 0;
        long freed = 0;
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(OLDEST)) {
            while (freed < wanted && row.next()) {
                dropped += drop(connection, row.getString(2), row.getLong(3));
                freed += row.getLong(4);
            }
        }
        Sql.update(
                connection,
                "DELETE FROM listing WHERE key IN (SELECT key FROM listing_item)"
                        + " AND key NOT IN (SELECT i.key FROM listing_item i"
                        + " JOIN document d ON d.kind = i.kind AND d.id = i.id)");
        return dropped;
    }

    private static int drop(Connection connection, String store, long id) throws SQLException {
        return switch (store) {
            case "pdf" -> Sql.update(connection, "DELETE FROM pdf WHERE rowid = ?", id);
            case "document" -> Sql.update(connection, "DELETE FROM document WHERE rowid = ?", id);
            default -> Sql.update(connection, "DELETE FROM interval WHERE at = ?", id);
        };
    }

    private static long pragma(Connection connection, String name) throws SQLException {
        try (var statement = connection.createStatement();
                var row = statement.executeQuery("PRAGMA " + name)) {
            return row.getLong(1);
        }
    }
}
