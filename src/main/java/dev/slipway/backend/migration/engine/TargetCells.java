package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.Place;
import dev.slipway.backend.migration.plan.Wins;
import dev.slipway.backend.migration.target.Kind;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.TargetColumn;

import org.jspecify.annotations.Nullable;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Holds rows as they must be against those that stand in the target, cell by cell.
final class TargetCells {
    private static final int KEYS_AT_ONCE = 1_000;
    private final PreparedStep step;
    private final Target target;

    TargetCells(PreparedStep step, Target target) {
        this.step = step;
        this.target = target;
    }

    /// A row as it must be.
    ///
    /// @param source the source row's key
    record Made(@Nullable Object[] values, String source) {}

    /// @param most places that are looked for
    void compare(List<Made> made, List<Place> places, int most) throws SQLException {
        List<TargetColumn> key =
                step.table().primary().stream()
                        .map(c -> step.table().column(c).orElseThrow())
                        .toList();
        // many at once where the key is one number, which PostgreSQL and SQLite bind as a list
        boolean many = step.id() >= 0 && key.size() == 1 && key.getFirst().kind() == Kind.INTEGER;
        int size = many ? KEYS_AT_ONCE : 1;
        String is =
                many
                        ? target.among(target.quote(key.getFirst().name()), Kind.INTEGER)
                        : key.stream()
                                .map(c -> target.quote(c.name()) + " = ?")
                                .collect(Collectors.joining(" AND "));
        try (var query = target.connection().prepareStatement(rows(key) + is)) {
            for (int from = 0; from < made.size() && places.size() < most; from += size) {
                List<Made> some = made.subList(from, Math.min(made.size(), from + size));
                if (many) {
                    List<Object> keys =
                            some.stream().map(m -> primary(step, m.values()).getFirst()).toList();
                    target.bindAll(query, 1, Kind.INTEGER, keys);
                } else {
                    bind(query, primary(step, some.getFirst().values()));
                }
                var standing = standing(query, key);
                for (Made each : some) {
                    // alone it need not be told from others, and 5.00 is 5 for the target
                    differences(
                            each,
                            many
                                    ? standing.get(primary(step, each.values()))
                                    : standing.values().stream().findFirst().orElse(null),
                            places);
                }
            }
        }
    }

    /// SELECT the columns that the step fills and, behind them, the key.
    private String rows(List<TargetColumn> key) {
        String columns =
                Stream.concat(step.columns().stream(), key.stream())
                        .map(c -> target.quote(c.name()))
                        .collect(Collectors.joining(", "));
        return "SELECT %s FROM %s WHERE ".formatted(columns, target.quote(step.table().name()));
    }

    private void bind(PreparedStatement query, List<@Nullable Object> key) throws SQLException {
        for (int i = 0; i < key.size(); i++) {
            target.bind(query, i + 1, Objects.requireNonNull(key.get(i)));
        }
    }

    /// The rows that a query finds, by their key.
    private Map<List<@Nullable Object>, @Nullable Object[]> standing(
            PreparedStatement query, List<TargetColumn> key) throws SQLException {
        Map<List<@Nullable Object>, @Nullable Object[]> standing = new HashMap<>();
        int width = step.columns().size();
        try (var row = query.executeQuery()) {
            while (row.next()) {
                @Nullable Object[] values = new @Nullable Object[width];
                for (int i = 0; i < width; i++) {
                    values[i] = target.value(row, i + 1, step.columns().get(i).kind());
                }
                List<@Nullable Object> named = new ArrayList<>();
                for (int i = 0; i < key.size(); i++) {
                    named.add(target.value(row, width + i + 1, key.get(i).kind()));
                }
                standing.put(named, values);
            }
        }
        return standing;
    }

    private void differences(Made made, @Nullable Object @Nullable [] stands, List<Place> places) {
        String table = step.table().name();
        String key = shown(primary(step, made.values()));
        if (stands == null) {
            places.add(Place.row(table, key, made.source(), "is not there"));
            return;
        }
        for (int i = 0; i < stands.length; i++) {
            Field field = step.fields().get(i);
            if (field.column.wins() == Wins.FIRST && !same(made.values()[i], stands[i])) {
                places.add(
                        new Place(
                                table,
                                key,
                                made.source(),
                                field.target.name(),
                                String.valueOf(stands[i]),
                                String.valueOf(made.values()[i])));
            }
        }
    }

    private static boolean same(@Nullable Object a, @Nullable Object b) {
        return a instanceof java.math.BigDecimal x && b instanceof java.math.BigDecimal y
                ? x.compareTo(y) == 0
                : Objects.equals(a, b);
    }

    static List<@Nullable Object> primary(PreparedStep step, @Nullable Object[] values) {
        List<@Nullable Object> primary = new ArrayList<>();
        for (String name : step.table().primary()) {
            for (int i = 0; i < values.length; i++) {
                if (step.fields().get(i).target.name().equals(name)) {
                    primary.add(values[i]);
                }
            }
        }
        return primary;
    }

    static String shown(List<@Nullable Object> key) {
        return key.stream().map(String::valueOf).collect(Collectors.joining(", "));
    }
}
