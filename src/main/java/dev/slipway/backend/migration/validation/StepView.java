package dev.slipway.backend.migration.validation;

import dev.slipway.backend.migration.plan.Step;
import dev.slipway.backend.migration.source.Reading;
import dev.slipway.backend.migration.target.TargetColumn;
import dev.slipway.backend.migration.target.TargetTable;

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
}
