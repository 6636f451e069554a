package dev.slipway.backend.migration.ledger;

import dev.slipway.backend.migration.target.Target;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What came to the ledger after its first version. A target may hold a ledger of an earlier one:
/// what is missing there is added, and nothing that stands is touched.
final class Additions {
    private static final List<Column> COLUMNS =
            List.of(
                    new Column("run", "plan_yaml", "TEXT"),
                    new Column("run", "source_position", "TEXT"),
                    new Column("run", "synced_since", "TEXT"),
                    new Column("run", "after_sql", "TEXT"),
                    new Column("run", "key_space", "TEXT NOT NULL DEFAULT ''"),
                    new Column("step", "longest_read_millis", "BIGINT NOT NULL DEFAULT 0"),
                    new Column("step", "longest_check_millis", "BIGINT NOT NULL DEFAULT 0"),
                    new Column("quarantine", "state", "TEXT NOT NULL DEFAULT 'OPEN'"),
                    new Column("quarantine", "acted_by", "TEXT"),
                    new Column("quarantine", "acted_at", "TEXT"),
                    new Column("quarantine", "note", "TEXT"),
                    // with the bytes that raw_row only shows; null where that is the same
                    new Column("quarantine", "exact_row", "TEXT"),
                    new Column("quarantine", "corrected", "TEXT"),
                    new Column("validation", "places", "TEXT NOT NULL DEFAULT '[]'"));

    private static final String TABLES =
            """
            CREATE TABLE IF NOT EXISTS %1$s (
                run_id TEXT NOT NULL, step TEXT NOT NULL, row_key TEXT NOT NULL,
                number BIGINT NOT NULL, column_name TEXT NOT NULL, from_value TEXT, to_value TEXT,
                corrected_by TEXT NOT NULL, corrected_at TEXT NOT NULL,
                PRIMARY KEY (run_id, step, row_key, number));
            CREATE TABLE IF NOT EXISTS %2$s (
                run_id TEXT NOT NULL, number INTEGER NOT NULL, from_hash TEXT NOT NULL,
                to_hash TEXT NOT NULL, changed_by TEXT NOT NULL, changed_at TEXT NOT NULL,
                PRIMARY KEY (run_id, number));
            CREATE TABLE IF NOT EXISTS %3$s (
                run_id TEXT NOT NULL, number INTEGER NOT NULL, started_by TEXT NOT NULL,
                started_at TEXT NOT NULL, ended_at TEXT, plan_changed INTEGER NOT NULL,
                wanted BIGINT NOT NULL, written BIGINT NOT NULL DEFAULT 0,
                merged BIGINT NOT NULL DEFAULT 0, skipped BIGINT NOT NULL DEFAULT 0,
                refused BIGINT NOT NULL DEFAULT 0, kept BIGINT NOT NULL DEFAULT 0,
                refusals TEXT NOT NULL DEFAULT '[]',
                PRIMARY KEY (run_id, number));
            """;

    private final Ledger ledger;
    private final Target target;

    Additions(Ledger ledger) {
        this.ledger = ledger;
        this.target = ledger.target();
    }

    private record Column(String table, String name, String type) {}

    /// Whether nothing is missing.
    boolean there() throws SQLException {
        for (String table : List.of("run", "step", "quarantine", "validation")) {
            Set<String> known = columns(table);
            for (Column column : COLUMNS) {
                if (column.table().equals(table) && !known.contains(column.name())) {
                    return false;
                }
            }
        }
        return true;
    }

    /// Adds what is missing. The caller commits.
    void make() throws SQLException {
        target.run(
                TABLES.formatted(
                        ledger.table("correction"),
                        ledger.table("plan_change"),
                        ledger.table("replay")));
        boolean kept = columns("run").contains("key_space");
        for (Column column : COLUMNS) {
            if (!columns(column.table()).contains(column.name())) {
                // another process may add it at the same moment; SQLite has one writer anyway
                String once = target.dialect().equals("sqlite") ? "" : "IF NOT EXISTS ";
                target.run(
                        "ALTER TABLE %s ADD COLUMN %s%s %s"
                                .formatted(
                                        ledger.table(column.table()),
                                        once,
                                        column.name(),
                                        column.type()));
            }
        }
        if (!kept) {
            new KeySpaces(ledger).mark();
        }
    }

    private Set<String> columns(String table) throws SQLException {
        Set<String> names = new HashSet<>();
        try (var statement = ledger.prepare("SELECT * FROM " + ledger.table(table) + " LIMIT 0");
                var rows = statement.executeQuery()) {
            var meta = rows.getMetaData();
            for (int i = 1; i <= meta.getColumnCount(); i++) {
                names.add(meta.getColumnName(i).toLowerCase(Locale.ROOT));
            }
        }
        return names;
    }
}
