package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.source.Source;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The tables of a MariaDB or MySQL database whose changes concern the plan.
final class TrackedTables {
    private static final int MOST = 100_000;
    private final String database;
    private final Map<String, Table> tables = new HashMap<>();

    /// @param width how many columns it has
    /// @param columns those that are told of each change
    record Table(String name, int width, List<TrackedColumn> columns) {}

    /// @param tracked columns by table
    /// @throws Stopped naming each key that the binlog does not tell
    TrackedTables(Source source, Map<String, Set<String>> tracked) throws SQLException, Stopped {
        this.database = text(source.query("SELECT DATABASE()", 1).getFirst().getFirst());
        List<String> problems = new ArrayList<>();
        for (var each : tracked.entrySet()) {
            Table table = read(source, each.getKey(), each.getValue());
            tables.put(each.getKey().toLowerCase(Locale.ROOT), table);
            for (TrackedColumn column : table.columns()) {
                if (!column.problem().isEmpty()) {
                    problems.add(table.name() + "." + column.name() + ": " + column.problem());
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new Stopped("can't be synced: " + String.join("; ", problems));
        }
    }

    private Table read(Source source, String table, Set<String> wanted) throws SQLException {
        String sql =
                "SELECT column_name, ordinal_position, data_type, column_type, character_set_name"
                        + " FROM information_schema.columns WHERE table_schema = DATABASE()"
                        + " AND table_name = '"
                        + table.replace("\\", "\\\\").replace("'", "''")
                        + "' ORDER BY ordinal_position";
        List<TrackedColumn> columns = new ArrayList<>();
        int width = 0;
        for (List<@Nullable Object> row : source.query(sql, MOST)) {
            width++;
            String name = text(row.get(0));
            if (wanted.stream().anyMatch(name::equalsIgnoreCase)) {
                String own = wanted.stream().filter(name::equalsIgnoreCase).findFirst().orElse("");
                columns.add(
                        new TrackedColumn(
                                own,
                                Integer.parseInt(text(row.get(1))) - 1,
                                text(row.get(2)).toLowerCase(Locale.ROOT),
                                text(row.get(3)).toLowerCase(Locale.ROOT).contains("unsigned"),
                                row.get(4) == null ? "" : text(row.get(4))));
            }
        }
        return new Table(table, width, columns);
    }

    private static String text(@Nullable Object value) {
        return String.valueOf(value);
    }

    /// A table by its database and name; null if it does not concern the plan.
    @Nullable Table table(String schema, String name) {
        return schema.equalsIgnoreCase(database) ? tables.get(name.toLowerCase(Locale.ROOT)) : null;
    }

    /// Those whose changes concern the plan.
    Collection<Table> all() {
        return tables.values();
    }

    /// Whether a statement names the database.
    boolean isNamed(String sql) {
        return Pattern.compile(
                        "(?<![\\p{L}\\p{N}_$])" + Pattern.quote(database) + "(?![\\p{L}\\p{N}_$])",
                        Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                .matcher(sql)
                .find();
    }

    String database() {
        return database;
    }
}
