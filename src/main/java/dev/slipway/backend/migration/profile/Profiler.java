package dev.slipway.backend.migration.profile;

import dev.slipway.backend.migration.plan.SourceQuery;
import dev.slipway.backend.migration.source.KeyRange;
import dev.slipway.backend.migration.source.Reading;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.source.SourceColumn;
import dev.slipway.backend.migration.source.SourceColumn.Kind;
import dev.slipway.backend.migration.source.SourceTable;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/// Reads a source's tables, in short reads by key and never more than so many rows of each.
public final class Profiler {
    private static final int AT_ONCE = 2_000;
    private static final int KEPT = 2_000;
    private static final int REPEATED = 3;
    private final Source source;
    private final long most;

    /// @param most rows that are read of a table
    public Profiler(Source source, long most) {
        this.source = source;
        this.most = most;
    }

    /// Looks at everything.
    ///
    /// @param told hears the name of each table before it is read
    public Profile profile(Consumer<String> told) throws SQLException {
        List<TableProfile> tables = new ArrayList<>();
        for (String name : source.tables()) {
            if (name.startsWith("sqlite_")) {
                continue;
            }
            told.accept(name);
            tables.add(table(name));
        }
        references(tables);
        return new Profile(source.engine(), tables);
    }

    private TableProfile table(String name) throws SQLException {
        SourceTable from = source.describe(new SourceQuery(0, name, "", ""));
        long rows = number("SELECT count(*) FROM " + source.quote(name));
        List<String> key = key(name, from, rows);
        var profile = new TableProfile(name, rows, key);
        from.columns().forEach(c -> profile.columns.add(new ColumnProfile(c)));
        if (key.isEmpty()) {
            profile.remarks.add("no column names a row: no step is written for it");
            return profile;
        }
        List<@Nullable String[]> kept = new ArrayList<>();
        var reading = new Reading(new SourceQuery(0, name, "", ""), from.columns(), key);
        each(
                reading,
                row -> {
                    profile.read++;
                    for (int i = 0; i < row.length; i++) {
                        profile.columns.get(i).see(row[i]);
                    }
                    if (kept.size() < KEPT) {
                        kept.add(row);
                    }
                });
        if (!profile.whole()) {
            profile.remarks.add(
                    "only the first %,d of %,d rows were read"
                            .formatted(profile.read, profile.rows));
        }
        repeated(profile, kept);
        var refusals = new Refusals(profile);
        each(reading, row -> profile.refused += refusals.refuses(row) ? 1 : 0);
        return profile;
    }

    private void each(Reading reading, Consumer<@Nullable String[]> row) throws SQLException {
        List<String> after = List.of();
        for (long read = 0; read < most; ) {
            var range = new KeyRange(after, List.of());
            int limit = (int) Math.min(AT_ONCE, most - read);
            List<@Nullable String[]> some = source.read(reading, range, limit);
            some.forEach(row);
            read += some.size();
            if (some.size() < limit) {
                return;
            }
            after = reading.keyOf(some.getLast());
        }
    }

    /// The source's own key, or else a column that is never NULL and never the same twice.
    private List<String> key(String table, SourceTable from, long rows) throws SQLException {
        for (List<String> unique : from.unique()) {
            if (unique.stream().allMatch(c -> named(from, c))) {
                return unique;
            }
        }
        for (SourceColumn column : from.columns()) {
            if (rows > 0 && named(from, column.name())) {
                String distinct =
                        "SELECT count(DISTINCT %s) FROM %s"
                                .formatted(source.quote(column.name()), source.quote(table));
                if (number(distinct) == rows) {
                    return List.of(column.name());
                }
            }
        }
        return List.of();
    }

    private static boolean named(SourceTable from, String column) {
        Kind kind = from.column(column).orElseThrow().kind();
        return kind != Kind.BINARY && kind != Kind.FLOAT;
    }

    /// A column on which another depends, both the same on many rows, may be a table of its own.
    private static void repeated(TableProfile table, List<@Nullable String[]> rows) {
        for (int a = 0; a < table.columns.size(); a++) {
            for (int b = 0; b < table.columns.size(); b++) {
                Map<@Nullable String, @Nullable String> of = new HashMap<>();
                Set<@Nullable String> others = new HashSet<>();
                boolean depends = a != b && text(table, a) && text(table, b) && !rows.isEmpty();
                for (int i = 0; depends && i < rows.size(); i++) {
                    @Nullable String[] row = rows.get(i);
                    String before = of.put(row[a], row[b]);
                    depends = before == null || before.equals(row[b]);
                    others.add(row[b]);
                }
                if (depends
                        && others.size() > Guess.FORMATS.size()
                        && of.size() * REPEATED <= rows.size()) {
                    table.remarks.add(
                            "%s says what %s is, %d times over: a table of their own?"
                                    .formatted(name(table, a), name(table, b), of.size()));
                }
            }
        }
    }

    private static boolean text(TableProfile table, int at) {
        return table.columns.get(at).column.kind() == Kind.TEXT;
    }

    private static String name(TableProfile table, int at) {
        return table.columns.get(at).column.name();
    }

    /// Columns that bear the name of another table's key.
    private void references(List<TableProfile> tables) throws SQLException {
        for (TableProfile table : tables) {
            for (ColumnProfile column : table.columns) {
                for (TableProfile other : tables) {
                    if (other != table && other.key.size() == 1 && named(column, other)) {
                        reference(table, column.column.name(), other);
                    }
                }
            }
        }
    }

    private static boolean named(ColumnProfile column, TableProfile other) {
        String name = column.column.name().toLowerCase(Locale.ROOT);
        String key = other.key.getFirst().toLowerCase(Locale.ROOT);
        String table = other.name.toLowerCase(Locale.ROOT).replaceAll("s$", "");
        boolean plain = Set.of("id", "nr", "code", "name", "rowid", "no").contains(key);
        return !plain && name.equals(key)
                || name.equals(table + "_" + key)
                || name.equals(table + key)
                || name.equals(table);
    }

    private void reference(TableProfile table, String column, TableProfile other)
            throws SQLException {
        String sql =
                "SELECT count(*) FROM %1$s s WHERE s.%2$s IS NOT NULL AND NOT EXISTS"
                        + " (SELECT 1 FROM %3$s t WHERE t.%4$s = s.%2$s)";
        long orphans =
                number(
                        sql.formatted(
                                source.quote(table.name),
                                source.quote(column),
                                source.quote(other.name),
                                source.quote(other.key.getFirst())));
        table.remarks.add(
                "%s seems to name a row of %s: %,d of its rows lead nowhere"
                        .formatted(column, other.name, orphans));
    }

    private long number(String sql) throws SQLException {
        Object value = Objects.requireNonNull(source.query(sql, 1).getFirst().getFirst());
        return ((Number) value).longValue();
    }
}
