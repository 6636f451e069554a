package dev.slipway.backend.migration.ledger;

import java.sql.SQLException;
import java.util.List;

/// The tables that a sync keeps in the target beside the ledger's own.
///
/// `sync` is how far it is. `sync_step` is which steps are to be read whole, and how far that is.
/// `origin` is which source row stands behind a target row, where its key does not tell. `member`
/// is which source rows share a natural key. `wanted` is which rows look for what is not there, or
/// ask whether it is.
public final class SyncTables {
    private static final String TABLES =
            """
            CREATE TABLE IF NOT EXISTS %1$s (
                run_id TEXT PRIMARY KEY, file TEXT NOT NULL, log_offset BIGINT NOT NULL,
                gtid TEXT NOT NULL, source_millis BIGINT NOT NULL, changes BIGINT NOT NULL,
                looked INTEGER NOT NULL DEFAULT 0, current_at BIGINT NOT NULL DEFAULT 0,
                verified_at BIGINT NOT NULL DEFAULT 0);
            CREATE TABLE IF NOT EXISTS %2$s (
                run_id TEXT NOT NULL, step TEXT NOT NULL, back INTEGER NOT NULL DEFAULT 0,
                after_key TEXT NOT NULL DEFAULT '[]', PRIMARY KEY (run_id, step));
            CREATE TABLE IF NOT EXISTS %3$s (
                step TEXT NOT NULL, source_key TEXT NOT NULL, target_key TEXT NOT NULL,
                PRIMARY KEY (step, source_key));
            CREATE INDEX IF NOT EXISTS slipway_origin_target ON %3$s (step, target_key);
            CREATE TABLE IF NOT EXISTS %4$s (
                step TEXT NOT NULL, name TEXT NOT NULL, natural_key TEXT NOT NULL,
                source_key TEXT NOT NULL, target_key TEXT,
                PRIMARY KEY (step, name, natural_key, source_key));
            CREATE INDEX IF NOT EXISTS slipway_member_source ON %4$s (step, source_key);
            CREATE INDEX IF NOT EXISTS slipway_member_target ON %4$s (step, target_key);
            CREATE TABLE IF NOT EXISTS %5$s (
                step TEXT NOT NULL, of_step TEXT NOT NULL, by_key TEXT NOT NULL,
                natural_key TEXT NOT NULL, source_key TEXT NOT NULL,
                PRIMARY KEY (step, of_step, by_key, natural_key, source_key));
            CREATE INDEX IF NOT EXISTS slipway_wanted_source ON %5$s (step, source_key);
            CREATE INDEX IF NOT EXISTS slipway_match_key_target ON %6$s (step, target_key);
            """;

    /// What came to `sync` after its first version.
    private static final List<String> LATER = List.of("inserted", "updated", "deleted", "whole_at");

    private SyncTables() {}

    /// Makes them where they are not there, and commits.
    public static void prepare(Ledger ledger) throws SQLException {
        ledger.target()
                .run(
                        TABLES.formatted(
                                ledger.table("sync"),
                                ledger.table("sync_step"),
                                ledger.table("origin"),
                                ledger.table("member"),
                                ledger.table("wanted"),
                                ledger.table("match_key")));
        for (String column : LATER) {
            add(ledger, column);
        }
        ledger.commit();
    }

    private static void add(Ledger ledger, String column) throws SQLException {
        String sync = ledger.table("sync");
        try (var statement = ledger.prepare("SELECT * FROM " + sync + " LIMIT 0");
                var rows = statement.executeQuery()) {
            for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                if (rows.getMetaData().getColumnName(i).equalsIgnoreCase(column)) {
                    return;
                }
            }
        }
        ledger.target()
                .run(
                        "ALTER TABLE %s ADD COLUMN %s BIGINT NOT NULL DEFAULT 0"
                                .formatted(sync, column));
    }
}
