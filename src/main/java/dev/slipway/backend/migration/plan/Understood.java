package dev.slipway.backend.migration.plan;

import dev.slipway.config.BadFile;
import dev.slipway.config.Problem;
import dev.slipway.config.Problems;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// A plan as far as it can be understood, with what is wrong in its text. It is fit to be held
/// against its databases, so that everything is told at once, but not to be run.
///
/// @param file what its problems are filed under
public record Understood(String file, MigrationPlan plan, Problems problems) {

    /// The plan.
    ///
    /// @throws BadFile naming everything that is wrong in its text
    public MigrationPlan whole() {
        problems.throwIfAny(file);
        return plan;
    }

    /// What is wrong in the text, and what the databases say of the rest. What they say of a place
    /// that is wrong in itself is left out: it may only follow from that.
    ///
    /// @param found when the plan was held against its databases
    public List<Problem> with(List<Problem> found) {
        TreeSet<Integer> places = places();
        Set<Integer> wrong =
                problems.all().stream()
                        .map(p -> places.floor(p.line()))
                        .collect(Collectors.toSet());
        var all = new Problems();
        List<Problem> both = new ArrayList<>(problems.all());
        found.stream().filter(p -> !wrong.contains(places.floor(p.line()))).forEach(both::add);
        both.forEach(p -> all.add(p.line(), p.column(), p.message()));
        return all.all();
    }

    /// The lines at which something of the plan begins.
    private TreeSet<Integer> places() {
        TreeSet<Integer> places = new TreeSet<>(Set.of(0));
        for (Step step : plan.steps()) {
            places.add(step.line());
            places.add(step.source().line());
            places.add(step.source().whereLine());
            step.matches().forEach(match -> places.add(match.line()));
            step.columns().forEach(column -> places.add(column.line()));
        }
        for (Schema schema : plan.schemas().values()) {
            places.add(schema.beforeLine());
            places.add(schema.afterLine());
        }
        plan.validations().forEach(check -> places.add(check.line()));
        return places;
    }
}
