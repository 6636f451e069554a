package dev.slipway.api.migration;

import java.util.List;

/// A migration plan as it stands in the backend's folder of plans.
///
/// @param source the source database without its password
/// @param target the target database without its password
/// @param steps names of its steps, in order
/// @param problems empty if the plan may run
public record Plan(
        String name,
        String description,
        String source,
        String target,
        List<String> steps,
        String yaml,
        List<PlanProblem> problems) {

    public Plan {
        steps = List.copyOf(steps);
        problems = List.copyOf(problems);
    }
}
