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

    private static final List<String> KINDS =
            List.of("insert", "update", "delete", "before insert", "before update");

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
    public static List<String> statements(Source source, Map<String, Set<String>> tracked)
            throws SQLException {
        List<String> all = new ArrayList<>();
        all.add(
                "CREATE TABLE IF NOT EXISTS %s (seq INTEGER PRIMARY KEY AUTOINCREMENT, tab TEXT"
                                .formatted(Position.CHANGE_TABLE)
                        + " NOT NULL, key TEXT NOT NULL, op TEXT NOT NULL, at INTEGER NOT NULL)");
        for (var each : tracked.entrySet()) {
            String table = each.getKey();
            Set<String> columns = each.getValue();
            KINDS.forEach(kind -> all.add(drop(table, kind)));
            all.add(trigger(table, "insert", noted(table, columns, "NEW", "i")));
            String both = noted(table, columns, "OLD", "u") + noted(table, columns, "NEW", "u");
            all.add(trigger(table, "update", both));
            all.add(trigger(table, "delete", noted(table, columns, "OLD", "d")));
            if (!columns.isEmpty()) {
                replaced(table, columns, Uniques.of(source, table), all);
            }
        }
        return all;
    }

    /// A row whose place another one takes (`REPLACE`) is deleted without a trigger, unless the
    /// shop sets `PRAGMA recursive_triggers`. So it is noted beforehand; if it stays after all, it
    /// is read again for nothing.
    private static void replaced(
            String table, Set<String> columns, Set<List<Uniques.Part>> uniques, List<String> all) {
        var insert = new StringBuilder();
        var update = new StringBuilder();
        for (List<Uniques.Part> unique : uniques) {
            String same = is(unique, "o", "NEW", "=");
            insert.append(noted(table, columns, same));
            update.append(
                    noted(
                            table,
                            columns,
                            same + " AND NOT (" + is(unique, "OLD", "NEW", "IS") + ")"));
        }
        if (!uniques.isEmpty()) {
            all.add(trigger(table, "before insert", insert.toString()));
            all.add(trigger(table, "before update", update.toString()));
        }
    }

    private static String is(List<Uniques.Part> unique, String left, String right, String how) {
        return unique.stream()
                .map(
                        part ->
                                "%s.%s %s %s.%s COLLATE %s"
                                        .formatted(
                                                left,
                                                quote(part.column()),
                                                how,
                                                right,
                                                quote(part.column()),
                                                quote(part.collation())))
                .collect(Collectors.joining(" AND "));
    }

    /// The exact statements that remove them.
    public static List<String> removal(Collection<String> tables) {
        List<String> all = new ArrayList<>();
        for (String table : tables) {
            KINDS.forEach(kind -> all.add(drop(table, kind)));
        }
        all.add("DROP TABLE IF EXISTS " + Position.CHANGE_TABLE);
        return all;
    }

    private static String drop(String table, String kind) {
        return "DROP TRIGGER IF EXISTS " + name(table, kind);
    }

    private static String name(String table, String kind) {
        return quote(PREFIX + table + "_" + kind.replace(' ', '_'));
    }

    /// @param kind of change, after which it is, or before
    private static String trigger(String table, String kind, String noted) {
        String when = kind.startsWith("before ") ? kind : "after " + kind;
        return "CREATE TRIGGER %s %s ON %s BEGIN%s END"
                .formatted(
                        name(table, kind),
                        when.toUpperCase(java.util.Locale.ROOT),
                        quote(table),
                        noted);
    }

    /// Notes the rows that are so.
    private static String noted(String table, Set<String> columns, String so) {
        return " INSERT INTO %s (tab, key, op, at) SELECT %s, %s, 'd', %s FROM %s AS o WHERE %s;"
                .formatted(
                        Position.CHANGE_TABLE,
                        text(table),
                        key(columns, "o"),
                        NOW,
                        quote(table),
                        so);
    }

    private static String noted(String table, Set<String> columns, String row, String op) {
        return " INSERT INTO %s (tab, key, op, at) VALUES (%s, %s, '%s', %s);"
                .formatted(Position.CHANGE_TABLE, text(table), key(columns, row), op, NOW);
    }

    private static String key(Set<String> columns, String row) {
        return columns.stream()
                .map(c -> text(c) + ", CAST(" + row + "." + quote(c) + " AS TEXT)")
                .collect(Collectors.joining(", ", "json_object(", ")"));
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
        for (var each : tracked.entrySet()) {
            boolean all =
                    statements(source, Map.of(each.getKey(), each.getValue())).stream()
                            .filter(sql -> sql.startsWith("CREATE TRIGGER"))
                            .allMatch(there::contains);
            if (!all) {
                missing.add(each.getKey());
            }
        }
        return missing;
    }

    /// Installs those that a plan's sync wants and that are missing, if the source is an SQLite.
    ///
    /// @throws dev.slipway.config.BadFile if the plan does not fit its databases
    public static void install(MigrationPlan plan, Database from, Database to) throws SQLException {
        if (!from.url().startsWith("jdbc:sqlite:")) {
            return;
        }
        List<String> statements = List.of();
        try (Source source = Sources.open(from);
                Target target = Targets.open(to)) {
            Map<String, Set<String>> tracked =
                    tracked(
                            new CoverageCheck(source)
                                    .of(Sync.steps(plan, source, target).values()));
            tracked.keySet().retainAll(missing(source, tracked));
            if (!tracked.isEmpty()) {
                statements = statements(source, tracked);
            }
        }
        if (!statements.isEmpty()) {
            run(from.url(), statements);
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
