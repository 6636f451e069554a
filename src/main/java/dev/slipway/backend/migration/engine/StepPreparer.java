package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.plan.Column;
import dev.slipway.backend.migration.plan.Step;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.target.TargetColumn;
import dev.slipway.backend.migration.target.TargetTable;
import dev.slipway.config.Nearest;
import dev.slipway.config.Problems;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Holds one step against its source and its target.
final class StepPreparer {
    private final Step step;
    private final Faults faults;
    private final StepSource source;
    private final FieldPreparer columns;

    StepPreparer(
            Step step,
            Source source,
            Converters converters,
            Problems problems,
            Map<String, PreparedStep> others) {
        this.step = step;
        this.faults = new Faults(problems);
        this.source = new StepSource(step, source, faults);
        this.columns = new FieldPreparer(step, converters, others, faults);
    }

    void noTable(List<String> known) {
        faults.at(
                step.line(),
                "the target has no table '"
                        + step.target()
                        + "'"
                        + Nearest.hint(step.target(), known));
    }

    Optional<PreparedStep> prepare(TargetTable table, boolean deep) throws SQLException {
        StepSource.Readings read = source.prepare(deep).orElse(null);
        if (read == null) {
            return Optional.empty();
        }
        List<Field> fields = new ArrayList<>();
        for (Column column : step.columns()) {
            columns.field(column, table, read.needed()).ifPresent(fields::add);
        }
        required(table);
        int id = id(table, fields);
        return faults.none()
                ? Optional.of(
                        new PreparedStep(step, read.needed(), read.whole(), table, fields, id))
                : Optional.empty();
    }

    private void required(TargetTable table) {
        Set<String> filled = step.columns().stream().map(Column::name).collect(Collectors.toSet());
        for (TargetColumn column : table.columns()) {
            if (column.required() && !filled.contains(column.name())) {
                faults.at(
                        step.line(),
                        "the table '"
                                + table.name()
                                + "' wants a value for '"
                                + column.name()
                                + "', which no column of the step gives");
            }
        }
    }

    private int id(TargetTable table, List<Field> fields) {
        int id = -1;
        for (int i = 0; i < fields.size(); i++) {
            if (table.primary().equals(List.of(fields.get(i).target.name()))) {
                id = i;
            }
        }
        if (table.primary().isEmpty()) {
            faults.at(step.line(), "the table '" + table.name() + "' has no primary key");
        } else if (id < 0 && !step.matches().isEmpty()) {
            faults.at(
                    step.line(),
                    "'match' wants the key of '" + table.name() + "' to be one column of the step");
        }
        return id;
    }
}
