package dev.slipway.backend.migration.profile;

import dev.slipway.backend.migration.plan.SourceQuery;
import dev.slipway.backend.migration.plan.Throttle;
import dev.slipway.backend.migration.source.KeyRange;
import dev.slipway.backend.migration.source.Reading;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.source.SourceColumn;
import dev.slipway.backend.migration.source.SourceColumn.Kind;
import dev.slipway.backend.migration.source.SourceTable;
import dev.slipway.backend.migration.throttle.Bite;
import dev.slipway.backend.migration.throttle.Gate;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/// Reads a source's tables, in short reads by key and never more than so many rows of each. Only a
/// table whose rows no key names is counted, and its keys looked for, in one read.
public final class Profiler {
    private static final int AT_ONCE = 2_000;
    private static final int KEYS_AT_ONCE = 5_000;
    private static final int KEPT = 2_000;
    private static final int REPEATED = 3;
    private final Source source;
    private final long most;
    private final Heard heard;
    private final Looks looks;
    private final Duration longest;
    private long done;
    private long all;

    /// @param most rows that are read of a table
    /// @param gate lets it read; who made it closes it
    /// @param pace how many rows a second, and how long a read may take: a longer one makes the
    ///   next ones smaller
    public Profiler(Source source, long most, Gate gate, Throttle pace, Heard heard) {
        this.source = source;
        this.most = most;
        this.heard = heard;
        this.longest = pace.longestRead();
        this.looks = new Looks(source, gate, pace.rowsPerSecond(), heard::waiting);
    }

    /// The read that took longest so far.
    public LongestRead longest() {
        return looks.longest();
    }

    /// Looks at everything.
    ///
    /// @throws SQLException if the source fails, or the thread is interrupted while it waits
    public Profile profile() throws SQLException {
        List<TableProfile> tables = new ArrayList<>();
        for (String name : looks.one("the list of tables", Source::tables)) {
            if (!name.startsWith("sqlite_")) {
                tables.add(counted(name));
            }
        }
        List<Reference> references = references(tables);
        all = done;
        tables.forEach(t -> all += t.key.isEmpty() ? 0 : 2 * Math.min(t.rows, most));
        references.forEach(r -> all += r.table().rows);
        for (TableProfile table : tables) {
            read(table);
        }
        for (Reference reference : references) {
            follow(reference);
        }
        return new Profile(source.engine(), tables);
    }

    /// What is read of a table, of such rows.
    private static Reading reading(TableProfile table, String where) {
        return new Reading(
                new SourceQuery(0, table.name, "", where),
                table.columns.stream().map(c -> c.column).toList(),
                table.key);
    }

    private TableProfile counted(String name) throws SQLException {
        heard.at("counting " + name, done, 0);
        SourceTable from =
                looks.one(
                        "the columns of " + name,
                        s -> s.describe(new SourceQuery(0, name, "", "")));
        List<String> key = key(from);
        List<KeyRange> ranges = new ArrayList<>();
        long rows;
        if (key.isEmpty()) {
            String sql = "SELECT count(*) FROM " + source.quote(name);
            rows = number("the number of rows of " + name, sql);
            key = likelyKey(name, from, rows);
        } else {
            rows = count(name, from, key, ranges);
        }
        var profile = new TableProfile(name, rows, key, ranges);
        from.columns().forEach(c -> profile.columns.add(new ColumnProfile(c)));
        return profile;
    }

    /// Goes through the keys of a table.
    ///
    /// @param ranges that it is cut into
    /// @return how many there are
    private long count(String name, SourceTable from, List<String> key, List<KeyRange> ranges)
            throws SQLException {
        var named = key.stream().map(k -> from.column(k).orElseThrow()).toList();
        var reading = new Reading(new SourceQuery(0, name, "", ""), named, key);
        var bite = new Bite(longest);
        List<String> after = List.of();
        long rows = 0;
        while (true) {
            var some = looks.rows("keys of " + name, reading, after, KEYS_AT_ONCE, bite);
            if (some.isEmpty()) {
                ranges.add(new KeyRange(after, List.of()));
                return rows;
            }
            List<String> last = reading.keyOf(some.getLast());
            ranges.add(new KeyRange(after, last));
            after = last;
            rows += some.size();
            heard(name, "counting ", some.size());
        }
    }

    private void heard(String name, String what, long rows) {
        done += rows;
        heard.at(what + name, done, all);
    }

    private void read(TableProfile profile) throws SQLException {
        if (profile.key.isEmpty()) {
            profile.remarks.add("no column names a row: no step is written for it");
            return;
        }
        List<@Nullable String[]> kept = new ArrayList<>();
        Reading reading = reading(profile, "");
        each(
                reading,
                profile.name,
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
        each(reading, profile.name, row -> profile.refused += refusals.refuses(row) ? 1 : 0);
    }

    private void each(Reading reading, String name, Consumer<@Nullable String[]> row)
            throws SQLException {
        List<String> after = List.of();
        var bite = new Bite(longest);
        for (long read = 0; read < most; ) {
            int limit = (int) Math.min(AT_ONCE, most - read);
            var some = looks.rows("rows of " + name, reading, after, limit, bite);
            if (some.isEmpty()) {
                return;
            }
            some.forEach(row);
            read += some.size();
            after = reading.keyOf(some.getLast());
            heard(name, "reading ", some.size());
        }
    }

    /// The source's own key; empty if it has none.
    private static List<String> key(SourceTable from) {
        for (List<String> unique : from.unique()) {
            if (unique.stream().allMatch(c -> named(from, c))) {
                return unique;
            }
        }
        return List.of();
    }

    /// A column that is never NULL and never the same twice.
    private List<String> likelyKey(String table, SourceTable from, long rows) throws SQLException {
        for (SourceColumn column : from.columns()) {
            if (rows > 0 && named(from, column.name())) {
                String distinct =
                        "SELECT count(DISTINCT %s) FROM %s"
                                .formatted(source.quote(column.name()), source.quote(table));
                String what = "the values of %s in %s".formatted(column.name(), table);
                if (number(what, distinct) == rows) {
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

    private record Reference(TableProfile table, String column, TableProfile other) {}

    /// Columns that bear the name of another table's key.
    private static List<Reference> references(List<TableProfile> tables) {
        List<Reference> found = new ArrayList<>();
        for (TableProfile table : tables) {
            for (ColumnProfile column : table.columns) {
                for (TableProfile other : tables) {
                    if (other != table && other.key.size() == 1 && named(column, other)) {
                        found.add(new Reference(table, column.column.name(), other));
                    }
                }
            }
        }
        return found;
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

    /// Counts the rows that lead nowhere, range by range where there is a key.
    private void follow(Reference reference) throws SQLException {
        TableProfile table = reference.table();
        String sql =
                "s.%1$s IS NOT NULL AND NOT EXISTS (SELECT 1 FROM %2$s t WHERE t.%3$s = s.%1$s)"
                        .formatted(
                                source.quote(reference.column()),
                                source.quote(reference.other().name),
                                source.quote(reference.other().key.getFirst()));
        String what = "what %s of %s leads to".formatted(reference.column(), table.name);
        long orphans = 0;
        if (table.ranges.isEmpty()) {
            String whole = "SELECT count(*) FROM %s s WHERE ".formatted(source.quote(table.name));
            orphans = number(what, whole + sql);
            heard(table.name, "following ", table.rows);
        } else {
            Reading reading = reading(table, sql);
            long rows = Math.ceilDiv(table.rows, table.ranges.size());
            for (KeyRange range : table.ranges) {
                orphans += looks.one(what, s -> s.count(reading, range));
                heard(table.name, "following ", rows);
            }
        }
        table.remarks.add(
                "%s seems to name a row of %s: %,d of its rows lead nowhere"
                        .formatted(reference.column(), reference.other().name, orphans));
    }

    private long number(String what, String sql) throws SQLException {
        Object value =
                Objects.requireNonNull(looks.one(what, s -> s.query(sql, 1)).getFirst().getFirst());
        return ((Number) value).longValue();
    }
}
