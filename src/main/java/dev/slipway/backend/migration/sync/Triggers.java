package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.source.Position;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.config.Database;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// The table and the triggers that let an SQLite source tell of its changes.
public final class Triggers {
    private static final String PREFIX = "slipway_";
    private static final String NOW = "CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)";

    private Triggers() {}

    /// The columns of each table that its changes must name.
    public static Map<String, Set<String>> tracked(Collection<Coverage> coverage) {
        Map<String, Set<String>> tracked = new TreeMap<>();
        for (Coverage step : coverage) {
            if (!step.table().isEmpty()) {
                tracked.computeIfAbsent(step.table(), _ -> new TreeSet<>()).addAll(step.columns());
            }
            step.whole().forEach(table -> tracked.computeIfAbsent(table, _ -> new TreeSet<>()));
        }
        return tracked;
    }

    /// The exact statements that install them.
    public static List<String> statements(Map<String, Set<String>> tracked) {
        List<String> all = new ArrayList<>();
        all.add(
                "CREATE TABLE IF NOT EXISTS %s (seq INTEGER PRIMARY KEY AUTOINCREMENT, tab TEXT"
                                .formatted(Position.CHANGE_TABLE)
                        + " NOT NULL, key TEXT NOT NULL, op TEXT NOT NULL, at INTEGER NOT NULL)");
        tracked.forEach(
                (table, columns) -> {
                    all.add(drop(table, "insert"));
                    all.add(drop(table, "update"));
                    all.add(drop(table, "delete"));
                    all.add(trigger(table, "insert", noted(table, columns, "NEW", "i")));
                    String both =
                            noted(table, columns, "OLD", "u") + noted(table, columns, "NEW", "u");
                    all.add(trigger(table, "update", both));
                    all.add(trigger(table, "delete", noted(table, columns, "OLD", "d")));
                });
        return all;
    }

    /// The exact statements that remove them.
    public static List<String> removal(Collection<String> tables) {
        List<String> all = new ArrayList<>();
        for (String table : tables) {
            List.of("insert", "update", "delete").forEach(op -> all.add(drop(table, op)));
        }
        all.add("DROP TABLE IF EXISTS " + Position.CHANGE_TABLE);
        return all;
    }

    private static String drop(String table, String op) {
        return "DROP TRIGGER IF EXISTS " + name(table, op);
    }

    private static String name(String table, String op) {
        return quote(PREFIX + table + "_" + op);
    }

    private static String trigger(String table, String op, String noted) {
        return "CREATE TRIGGER %s AFTER %s ON %s BEGIN%s END"
                .formatted(
                        name(table, op),
                        op.toUpperCase(java.util.Locale.ROOT),
                        quote(table),
                        noted);
    }

    private static String noted(String table, Set<String> columns, String row, String op) {
        String key =
                columns.stream()
                        .map(c -> text(c) + ", CAST(" + row + "." + quote(c) + " AS TEXT)")
                        .collect(Collectors.joining(", ", "json_object(", ")"));
        return " INSERT INTO %s (tab, key, op, at) VALUES (%s, %s, '%s', %s);"
                .formatted(Position.CHANGE_TABLE, text(table), key, op, NOW);
    }

    private static String text(String value) {
        return "'" + value.replace("'", "''") + "'";
    }

    private static String quote(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }

    /// The tables whose changes no trigger notes, or not with these columns.
    static List<String> missing(Source source, Map<String, Set<String>> tracked)
            throws SQLException {
        Set<String> there = new TreeSet<>();
        for (List<@Nullable Object> row :
                source.query("SELECT sql FROM sqlite_schema WHERE type = 'trigger'", 100_000)) {
            there.add(String.valueOf(row.getFirst()));
        }
        List<String> missing = new ArrayList<>();
        tracked.forEach(
                (table, columns) -> {
                    boolean all =
                            statements(Map.of(table, columns)).stream()
                                    .filter(sql -> sql.startsWith("CREATE TRIGGER"))
                                    .allMatch(there::contains);
                    if (!all) {
                        missing.add(table);
                    }
                });
        return missing;
    }

    /// Installs those that a plan's sync wants and that are missing, if the source is an SQLite.
    ///
    /// @throws dev.slipway.config.BadFile if the plan does not fit its databases
    public static void install(MigrationPlan plan, Database from, Database to) throws SQLException {
        if (!from.url().startsWith("jdbc:sqlite:")) {
            return;
        }
        Map<String, Set<String>> tracked;
        try (Source source = Sources.open(from);
                Target target = Targets.open(to)) {
            tracked =
                    tracked(
                            new CoverageCheck(source)
                                    .of(Sync.steps(plan, source, target).values()));
            tracked.keySet().retainAll(missing(source, tracked));
        }
        if (!tracked.isEmpty()) {
            run(from.url(), statements(tracked));
        }
    }

    /// Runs statements in one transaction over a connection that may write.
    ///
    /// @param url of the SQLite file
    public static void run(String url, List<String> statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 30000");
            connection.setAutoCommit(false);
            for (String sql : statements) {
                statement.execute(sql);
            }
            connection.commit();
        }
    }
}
