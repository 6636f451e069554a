package dev.slipway.backend.migration.ledger;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Columns that the ledger's tables got later on. A target may bear a ledger of an earlier version:
/// it gets what it lacks, and its runs go on.
final class AddedColumns {
    private static final List<Added> ALL =
            List.of(
                    new Added("run", "source_position", "TEXT"),
                    new Added("step", "longest_read_millis", "BIGINT NOT NULL DEFAULT 0"),
                    new Added("step", "longest_check_millis", "BIGINT NOT NULL DEFAULT 0"),
                    new Added("run", "synced_since", "TEXT"));

    private record Added(String table, String column, String type) {}

    private final Ledger ledger;

    AddedColumns(Ledger ledger) {
        this.ledger = ledger;
    }

    /// Adds those that are not there. The caller commits.
    void add() throws SQLException {
        for (Added each : ALL) {
            String table = ledger.table(each.table());
            if (!columns(table).contains(each.column())) {
                ledger.target()
                        .run(
                                "ALTER TABLE %s ADD COLUMN %s %s"
                                        .formatted(table, each.column(), each.type()));
            }
        }
    }

    private Set<String> columns(String table) throws SQLException {
        Set<String> names = new HashSet<>();
        try (var statement = ledger.prepare("SELECT * FROM " + table + " LIMIT 0");
                var none = statement.executeQuery()) {
            var meta = none.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                names.add(meta.getColumnName(i).toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }
}
