package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.Replayed;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.Validation;

import java.util.List;

/// What a replay came to, and how its run stands then.
///
/// @param validations of the whole run
/// @param reason why the run is not VALIDATED; empty if it is
public record ReplayOutcome(
        Replayed replayed,
        RunState state,
        List<StepProgress> steps,
        List<Validation> validations,
        String reason) {
    public ReplayOutcome {
        steps = List.copyOf(steps);
        validations = List.copyOf(validations);
    }
}
