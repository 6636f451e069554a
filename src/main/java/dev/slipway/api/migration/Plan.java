package dev.slipway.api.migration;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A migration plan as it stands in the backend's folder of plans.
///
/// @param source the source database without its password
/// @param target the target database without its password
/// @param steps names of its steps, in order
/// @param problems empty if the plan may run
/// @param validatedRun a run of it that is validated and stands in the target, or null: as long as
///   it does, no other can be started
public record Plan(
        String name,
        String description,
        String source,
        String target,
        List<String> steps,
        String yaml,
        List<PlanProblem> problems,
        @Nullable String validatedRun) {

    public Plan {
        steps = List.copyOf(steps);
        problems = List.copyOf(problems);
    }
}
