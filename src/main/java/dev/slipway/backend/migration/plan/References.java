package dev.slipway.backend.migration.plan;

import dev.slipway.config.Nearest;
import dev.slipway.config.Problems;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;

/// What a plan's steps say about one another.
final class References {
    private final List<Step> steps;
    private final Problems problems;

    References(List<Step> steps, Problems problems) {
        this.steps = steps;
        this.problems = problems;
    }

    void check() {
        var names = new HashSet<String>();
        Map<String, String> targets = new HashMap<>();
        List<String> earlier = new ArrayList<>();
        for (Step step : steps) {
            if (!names.add(step.name())) {
                problem(step.line(), "there are two steps '" + step.name() + "'");
            }
            String other = targets.put(step.target(), step.name());
            if (other != null && !step.target().isEmpty()) {
                problem(
                        step.line(),
                        "step '"
                                + other
                                + "' already fills the table '"
                                + step.target()
                                + "'; bring both sources together by 'sql' with UNION ALL");
            }
            step.columns().forEach(column -> lookup(step, column, earlier));
            earlier.add(step.name());
            step.columns().forEach(column -> within(step, column));
        }
    }

    private void lookup(Step step, Column column, List<String> earlier) {
        if (column.type() instanceof ColumnType.Reference lookup
                && !earlier.contains(lookup.step())
                && !lookup.step().isEmpty()) {
            if (lookup.step().equals(step.name())) {
                problem(
                        column.line(),
                        "step '"
                                + step.name()
                                + "' can't look itself up, for a row may come before the one that it"
                                + " names: keep the key as 'integer' or 'text', and let a foreign key"
                                + " in 'after' check it");
                return;
            }
            List<String> all = steps.stream().map(Step::name).toList();
            boolean later = steps.stream().anyMatch(s -> s.name().equals(lookup.step()));
            problem(
                    column.line(),
                    later
                            ? "step '" + lookup.step() + "' must come before the lookup in it"
                            : "there is no step '"
                                    + lookup.step()
                                    + "'"
                                    + Nearest.hint(lookup.step(), all));
        }
    }

    /// What a column says of the others of its step.
    private void within(Step step, Column column) {
        if (column.type() instanceof ColumnType.Gap gap
                && step.columns().stream().noneMatch(c -> c.name().equals(gap.of()))) {
            var known = step.columns().stream().map(Column::name).toList();
            problem(
                    column.line(),
                    "the step has no column '" + gap.of() + "'" + Nearest.hint(gap.of(), known));
        }
        if (column.wins() != Wins.FIRST && step.merge() == null) {
            problem(column.line(), "'wins' means nothing in a step without 'merge'");
        }
    }

    private void problem(int line, String message) {
        problems.add(line, 1, message);
    }
}
