package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.convert.Normal;
import dev.slipway.backend.migration.ledger.MatchKey;
import dev.slipway.backend.migration.ledger.MatchKeys;
import dev.slipway.backend.migration.plan.Match;
import dev.slipway.backend.migration.target.Kind;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.TargetColumn;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Finds one step's rows by one of its natural keys, many at a time.
final class Lookup {
    private static final Pattern NUMBER = Pattern.compile("([-+]?\\d{1,18})(?:\\.0+)?");
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");

    private final Lookups all;
    private final PreparedStep of;
    private final @Nullable Match match;
    private final TargetColumn id;
    private final TargetColumn by;
    private final Target target;
    private final MatchKeys keys;

    /// @param by one of the step's match keys, or a column of its table
    Lookup(Lookups all, PreparedStep of, String by, Target target, MatchKeys keys) {
        this.all = all;
        this.of = of;
        this.match = of.step().match(by).orElse(null);
        this.id = of.table().column(of.table().primary().getFirst()).orElseThrow();
        this.by = of.table().column(by).orElse(id);
        this.target = target;
        this.keys = keys;
    }

    /// The key that a row looks for, or null if it names none.
    @Nullable String key(Field field, @Nullable String[] row) {
        List<@Nullable String> raw = new ArrayList<>(field.from.length);
        for (int at : field.from) {
            raw.add(field.prepared(row[at]));
        }
        if (match != null) {
            return Normal.key(match, raw);
        }
        String value = raw.getFirst();
        return value == null || value.isBlank() ? null : plain(value.strip());
    }

    /// 007 and 7.0 mean the row 7.
    private String plain(String value) {
        if (by.kind() != Kind.INTEGER || canonical(value)) {
            return value;
        }
        var number = NUMBER.matcher(value);
        return number.matches() ? Long.toString(Long.parseLong(number.group(1))) : value;
    }

    private static boolean canonical(String value) {
        boolean good = value.length() < 18 && value.charAt(0) > '0' && value.charAt(0) <= '9';
        for (int i = 1; good && i < value.length(); i++) {
            good = value.charAt(i) >= '0' && value.charAt(i) <= '9';
        }
        return good;
    }

    /// The target keys of some natural keys; those that mean nothing are left out.
    Map<String, Object> find(Collection<String> wanted) throws SQLException {
        return match == null ? byColumn(wanted) : byMatch(match, wanted);
    }

    /// Changes whenever something is forgotten.
    long age() {
        return all.age();
    }

    private Map<String, Object> byMatch(Match by, Collection<String> wanted) throws SQLException {
        Map<String, Object> found = all.written(of, by.name(), wanted);
        List<String> rest = wanted.stream().filter(key -> !found.containsKey(key)).toList();
        for (MatchKey key : keys.find(of.step().name(), by.name(), rest).values()) {
            found.put(key.natural(), Lookups.id(of, key.target()));
        }
        return found;
    }

    private Map<String, Object> byColumn(Collection<String> wanted) throws SQLException {
        Map<String, Object> found = new HashMap<>();
        String sql =
                "SELECT %s, %s FROM %s WHERE %s"
                        .formatted(
                                target.quote(by.name()),
                                target.quote(id.name()),
                                target.quote(of.table().name()),
                                target.among(target.quote(by.name()), by.kind()));
        try (var statement = target.connection().prepareStatement(sql)) {
            target.bindAll(statement, 1, by.kind(), values(wanted));
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

    private List<Object> values(Collection<String> wanted) {
        return wanted.stream()
                .filter(key -> by.kind() != Kind.INTEGER || WHOLE.matcher(key).matches())
                .map(key -> by.kind() == Kind.INTEGER ? (Object) Long.valueOf(key) : key)
                .toList();
    }
}
