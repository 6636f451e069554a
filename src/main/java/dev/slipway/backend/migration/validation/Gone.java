package dev.slipway.backend.migration.validation;

import dev.slipway.backend.migration.ledger.LedgerStep;
import dev.slipway.backend.migration.plan.Column;
import dev.slipway.backend.migration.source.KeyRange;
import dev.slipway.backend.migration.target.Target;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The rows of a step that were merged into others or left out: those whose key neither stands in
/// the target nor waits in quarantine. Both sides are asked for their keys, range by range.
final class Gone {
    private final ShortReads source;
    private final Target target;
    private final StepView step;
    private final Column key;

    Gone(ShortReads source, Target target, StepView step, Column key) {
        this.source = source;
        this.target = target;
        this.step = step;
        this.key = key;
    }

    /// Sets them apart.
    ///
    /// @return how many there are
    long add(LedgerStep known, Apart apart) throws SQLException {
        long rows = 0;
        for (KeyRange range : source.ranges(step, known)) {
            Set<Long> there = there(range);
            List<List<String>> gone = new ArrayList<>();
            for (String one : source.keys(step, range)) {
                if (!there.contains(Long.valueOf(one)) && !apart.waits(one)) {
                    gone.add(List.of(one));
                }
            }
            for (@Nullable String[] row : source.rows(step, gone)) {
                apart.add(named(row));
                rows++;
            }
        }
        return rows;
    }

    private Set<Long> there(KeyRange range) throws SQLException {
        String name = target.quote(key.name());
        String sql =
                "SELECT %1$s FROM %2$s WHERE %1$s > ? AND %1$s <= ?"
                        .formatted(name, target.quote(step.table().name()));
        Set<Long> keys = new HashSet<>();
        try (var statement = target.connection().prepareStatement(sql)) {
            statement.setLong(1, bound(range.after(), Long.MIN_VALUE));
            statement.setLong(2, bound(range.to(), Long.MAX_VALUE));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    keys.add(row.getLong(1));
                }
            }
        }
        return keys;
    }

    private static long bound(List<String> key, long otherwise) {
        return key.isEmpty() ? otherwise : Long.parseLong(key.getFirst());
    }

    private Map<String, @Nullable String> named(@Nullable String[] row) {
        Map<String, @Nullable String> named = new HashMap<>();
        for (int i = 0; i < row.length; i++) {
            named.put(step.reading().columns().get(i).name(), row[i]);
        }
        return named;
    }
}
