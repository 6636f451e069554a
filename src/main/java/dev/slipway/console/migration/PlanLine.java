package dev.slipway.console.migration;

import dev.slipway.api.migration.Plan;
import dev.slipway.api.migration.PlanProblem;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// A line of a plan's text, with what is wrong in it.
///
/// @param number from 1
/// @param problem empty if nothing is wrong
public record PlanLine(int number, String text, String problem) {

    static List<PlanLine> of(Plan plan) {
        List<PlanLine> lines = new ArrayList<>();
        for (String text : plan.yaml().lines().toList()) {
            int number = lines.size() + 1;
            lines.add(new PlanLine(number, text, problemsOf(plan, number)));
        }
        return lines;
    }

    private static String problemsOf(Plan plan, int line) {
        return plan.problems().stream()
                .filter(problem -> problem.line() == line)
                .map(PlanProblem::message)
                .collect(Collectors.joining("\n"));
    }
}
