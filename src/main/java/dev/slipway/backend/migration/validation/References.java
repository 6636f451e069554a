package dev.slipway.backend.migration.validation;

import dev.slipway.api.migration.Place;
import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.target.ForeignKey;
import dev.slipway.backend.migration.target.Target;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Every reference leads to a row: the target vouches for it, or is asked in SQL.
final class References {
    private final String runId;
    private final Target target;

    References(String runId, Target target) {
        this.runId = runId;
        this.target = target;
    }

    List<Validation> check(StepView step) throws SQLException {
        List<Validation> found = new ArrayList<>();
        var now = target.table(step.table().name()).orElse(step.table());
        for (ForeignKey key : now.foreign()) {
            found.add(key.vouched() ? vouched(step, key) : check(step, key));
        }
        return found;
    }

    /// The target refused the constraint if it did not hold, and refuses what would break it:
    /// asking again would take as long as its own check.
    private Validation vouched(StepView step, ForeignKey key) {
        return new Validation(
                runId,
                step.name(),
                name(step, key),
                true,
                "0",
                "0, vouched for by the target",
                null);
    }

    private static String name(StepView step, ForeignKey key) {
        return "foreign key %s.%s".formatted(step.table().name(), String.join("+", key.columns()));
    }

    private Validation check(StepView step, ForeignKey key) throws SQLException {
        String on =
                IntStream.range(0, key.columns().size())
                        .mapToObj(
                                i ->
                                        "p."
                                                + target.quote(key.references().get(i))
                                                + " = c."
                                                + target.quote(key.columns().get(i)))
                        .collect(Collectors.joining(" AND "));
        String set =
                key.columns().stream()
                        .map(c -> "c." + target.quote(c) + " IS NOT NULL")
                        .collect(Collectors.joining(" AND "));
        String primary =
                step.table().primary().stream()
                        .map(c -> "c." + target.quote(c))
                        .collect(Collectors.joining(", "));
        String orphans =
                " FROM %s c WHERE %s AND NOT EXISTS (SELECT 1 FROM %s p WHERE %s)"
                        .formatted(
                                target.quote(step.table().name()),
                                set,
                                target.quote(key.table()),
                                on);
        long count = count("SELECT count(*)" + orphans);
        String name = name(step, key);
        var found =
                new Validation(
                        runId, step.name(), name, count == 0, "0", Long.toString(count), null);
        return count == 0
                ? found
                : found.at(
                        first("SELECT " + primary + orphans + " LIMIT 5").stream()
                                .map(row -> orphan(step, key, row))
                                .toList());
    }

    private static Place orphan(StepView step, ForeignKey key, String row) {
        String what = String.join("+", key.columns()) + " leads to no row of " + key.table();
        return Place.row(step.table().name(), row, "", what);
    }

    private long count(String sql) throws SQLException {
        try (var statement = target.connection().createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private List<String> first(String sql) throws SQLException {
        List<String> keys = new ArrayList<>();
        try (var statement = target.connection().createStatement();
                var row = statement.executeQuery(sql)) {
            int width = row.getMetaData().getColumnCount();
            while (row.next()) {
                List<String> key = new ArrayList<>();
                for (int i = 1; i <= width; i++) {
                    key.add(row.getString(i));
                }
                keys.add(String.join(", ", key));
            }
        }
        return keys;
    }
}
