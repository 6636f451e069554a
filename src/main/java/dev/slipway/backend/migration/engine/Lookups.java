package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.convert.Normal;
import dev.slipway.backend.migration.ledger.MatchKey;
import dev.slipway.backend.migration.ledger.MatchKeys;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.Match;
import dev.slipway.backend.migration.target.Kind;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.TargetColumn;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds other steps' rows by natural key, a chunk's worth at a time.
public final class Lookups {
    private static final int KEPT = 50_000;
    private static final float LOAD = 0.75f;
    private static final Pattern NUMBER = Pattern.compile("([-+]?\\d{1,18})(?:\\.0+)?");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");

    private final Target target;
    private final MatchKeys keys;
    private final Map<String, PreparedStep> steps;
    private final Map<String, Map<String, Object>> kept = new HashMap<>();

    public Lookups(Target target, MatchKeys keys, Map<String, PreparedStep> steps) {
        this.target = target;
        this.keys = keys;
        this.steps = steps;
    }

    /// The key that a row looks for, or null if it names none.
    @Nullable String key(ColumnType.Reference lookup, Field field, @Nullable String[] row) {
        List<@Nullable String> raw = new ArrayList<>();
        for (int at : field.from) {
            raw.add(field.prepared(row[at]));
        }
        Match match = of(lookup).step().match(lookup.by()).orElse(null);
        if (match != null) {
            return Normal.key(match, raw);
        }
        String value = raw.getFirst();
        return value == null || value.isBlank() ? null : plain(lookup, value.strip());
    }

    /// 007 and 7.0 mean the row 7.
    private String plain(ColumnType.Reference lookup, String value) {
        if (by(lookup).kind() != Kind.INTEGER) {
            return value;
        }
        var number = NUMBER.matcher(value);
        return number.matches() ? Long.toString(Long.parseLong(number.group(1))) : value;
    }

    /// The target keys of some natural keys; those that mean nothing are left out.
    Map<String, Object> find(ColumnType.Reference lookup, Collection<String> wanted)
            throws SQLException {
        Map<String, Object> known = kept.computeIfAbsent(lookup.toString(), _ -> new Recent());
        Map<String, Object> found = new HashMap<>();
        Set<String> unknown = new HashSet<>();
        for (String key : wanted) {
            Object value = known.get(key);
            if (value == null) {
                unknown.add(key);
            } else {
                found.put(key, value);
            }
        }
        if (!unknown.isEmpty()) {
            boolean match = of(lookup).step().match(lookup.by()).isPresent();
            var fresh = match ? byMatch(lookup, unknown) : byColumn(lookup, unknown);
            known.putAll(fresh);
            found.putAll(fresh);
        }
        return found;
    }

    /// Forgets what was found in a transaction that was undone.
    void forget() {
        kept.clear();
    }

    private Map<String, Object> byMatch(ColumnType.Reference lookup, Set<String> wanted)
            throws SQLException {
        Map<String, Object> found = new HashMap<>();
        PreparedStep of = of(lookup);
        for (MatchKey key : keys.find(lookup.step(), lookup.by(), wanted).values()) {
            found.put(key.natural(), id(of, key.target()));
        }
        return found;
    }

    /// A target key as its column's kind.
    static Object id(PreparedStep of, String key) {
        TargetColumn column = of.fields().get(of.id()).target;
        return column.kind() == Kind.INTEGER ? (Object) Long.valueOf(key) : key;
    }

    private Map<String, Object> byColumn(ColumnType.Reference lookup, Set<String> wanted)
            throws SQLException {
        Map<String, Object> found = new HashMap<>();
        TargetColumn by = by(lookup);
        PreparedStep of = of(lookup);
        TargetColumn id = of.table().column(of.table().primary().getFirst()).orElseThrow();
        String sql =
                "SELECT %s, %s FROM %s WHERE %s"
                        .formatted(
                                target.quote(by.name()),
                                target.quote(id.name()),
                                target.quote(of.table().name()),
                                target.among(target.quote(by.name()), by.kind()));
        try (var statement = target.connection().prepareStatement(sql)) {
            target.bindAll(statement, 1, by.kind(), values(by, wanted));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    Object key = target.value(row, 1, by.kind());
                    Object value = target.value(row, 2, id.kind());
                    if (key != null && value != null) {
                        found.put(key.toString(), value);
                    }
                }
            }
        }
        return found;
    }

    private static List<Object> values(TargetColumn by, Set<String> wanted) {
        return wanted.stream()
                .filter(key -> by.kind() != Kind.INTEGER || WHOLE.matcher(key).matches())
                .map(key -> by.kind() == Kind.INTEGER ? (Object) Long.valueOf(key) : key)
                .toList();
    }

    private PreparedStep of(ColumnType.Reference lookup) {
        PreparedStep step = steps.get(lookup.step());
        if (step == null) {
            throw new IllegalStateException("no step " + lookup.step());
        }
        return step;
    }

    private TargetColumn by(ColumnType.Reference lookup) {
        return of(lookup).table().column(lookup.by()).orElseThrow();
    }

    /// The keys used last, so many and no more.
    private static final class Recent extends LinkedHashMap<String, Object> {
        private static final long serialVersionUID = 1L;

        Recent() {
            super(16, LOAD, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Object> eldest) {
            return size() > KEPT;
        }
    }
}
