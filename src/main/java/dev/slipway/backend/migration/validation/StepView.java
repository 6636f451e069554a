package dev.slipway.backend.migration.validation;

import dev.slipway.backend.migration.plan.Step;
import dev.slipway.backend.migration.source.Reading;
import dev.slipway.backend.migration.target.TargetColumn;
import dev.slipway.backend.migration.target.TargetTable;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// What a check knows of a step: not its converters.
///
/// @param columns the target columns that it fills, in the plan's order
public record StepView(Step step, Reading reading, TargetTable table, List<TargetColumn> columns) {
    public StepView {
        columns = List.copyOf(columns);
    }

    public String name() {
        return step.name();
    }

    /// The source key of a raw row.
    public List<String> key(@Nullable String[] row) {
        return values(row, reading.key()).stream().map(v -> v == null ? "" : v).toList();
    }

    /// Some raw values of a row.
    public List<@Nullable String> values(@Nullable String[] row, List<String> names) {
        List<@Nullable String> values = new ArrayList<>();
        for (String column : names) {
            values.add(row[reading.index(column)]);
        }
        return values;
    }

    /// Whether the plan leaves a row out before anything else.
    boolean skips(@Nullable String[] row) {
        return step.skip().entrySet().stream()
                .anyMatch(
                        e -> {
                            String value = row[reading.index(e.getKey())];
                            return value != null && e.getValue().contains(value);
                        });
    }

    /// Whether an index serves ranges of one number.
    boolean integerKey() {
        return reading.numbered() && !reading.scanned();
    }
}
