package dev.slipway.backend.migration.validation;

import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.ledger.Counts;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.TargetColumn;

import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/// What stands in the target is what was written: the same number of rows, the same checksum.
final class ReadBack {
    private static final int AT_ONCE = 5_000;
    private final String runId;
    private final Target target;

    ReadBack(String runId, Target target) {
        this.runId = runId;
        this.target = target;
    }

    List<Validation> check(StepView step, Counts counts) throws SQLException {
        long rows = 0;
        long checksum = 0;
        String columns =
                step.columns().stream()
                        .map(c -> target.quote(c.name()))
                        .collect(Collectors.joining(", "));
        String sql = "SELECT " + columns + " FROM " + target.quote(step.table().name());
        try (var statement = target.connection().prepareStatement(sql)) {
            statement.setFetchSize(AT_ONCE);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    rows++;
                    checksum += RowHash.of(values(row, step.columns()));
                }
            }
        }
        return List.of(
                validation(
                        step, "rows written", Long.toString(counts.written()), Long.toString(rows)),
                validation(
                        step, "checksum", RowHash.text(counts.checksum()), RowHash.text(checksum)));
    }

    private @Nullable Object[] values(ResultSet row, List<TargetColumn> columns)
            throws SQLException {
        @Nullable Object[] values = new @Nullable Object[columns.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = target.value(row, i + 1, columns.get(i).kind());
        }
        return values;
    }

    private Validation validation(StepView step, String name, String wanted, String found) {
        boolean passed = wanted.equals(found);
        return new Validation(
                runId,
                step.name(),
                name,
                passed,
                wanted,
                found,
                passed ? null : step.table().name());
    }
}
