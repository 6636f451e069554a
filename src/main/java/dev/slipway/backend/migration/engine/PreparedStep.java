package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.plan.Step;
import dev.slipway.backend.migration.source.Reading;
import dev.slipway.backend.migration.source.SourceColumn;
import dev.slipway.backend.migration.target.TargetColumn;
import dev.slipway.backend.migration.target.TargetTable;
import dev.slipway.backend.migration.validation.StepView;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// A step brought together with its source and its target.
///
/// @param fields one per column of the plan, in its order
/// @param id where the target's key stands among them, or -1 if it is not one of them
public record PreparedStep(
        Step step, Reading reading, TargetTable table, List<Field> fields, int id) {

    public PreparedStep {
        fields = List.copyOf(fields);
    }

    /// What a check may know of it.
    public StepView view() {
        return new StepView(step, reading, table, columns());
    }

    /// Whether its chunks can be planned in advance as ranges of one number.
    boolean ranged() {
        return !step.ordered()
                && reading.key().size() == 1
                && reading.columns().get(reading.index(reading.key().getFirst())).kind()
                        == SourceColumn.Kind.INTEGER;
    }

    /// The rows that one chunk may hold. A range that was planned may hold twice what it was
    /// planned for before it is cut.
    int limit() {
        return ranged() ? 2 * step.chunkRows() : step.chunkRows();
    }

    /// The target columns that are written, in the order of the plan's columns.
    public List<TargetColumn> columns() {
        return fields.stream().map(f -> f.target).toList();
    }

    /// The source key of a raw row.
    public List<String> key(@Nullable String[] row) {
        List<String> key = new ArrayList<>();
        for (String column : reading.key()) {
            String part = row[reading.index(column)];
            key.add(part == null ? "" : part);
        }
        return key;
    }

    /// A raw row by its source columns.
    public Map<String, @Nullable String> named(@Nullable String[] row) {
        Map<String, @Nullable String> named = new LinkedHashMap<>();
        for (int i = 0; i < row.length; i++) {
            named.put(reading.columns().get(i).name(), row[i]);
        }
        return named;
    }

    /// Some raw values of a row.
    List<@Nullable String> values(@Nullable String[] row, List<String> columns) {
        List<@Nullable String> values = new ArrayList<>();
        for (String column : columns) {
            values.add(row[reading.index(column)]);
        }
        return values;
    }
}
