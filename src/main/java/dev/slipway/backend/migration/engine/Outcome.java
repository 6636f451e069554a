package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.Validation;
import dev.slipway.api.migration.Waiting;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What a run came to.
///
/// @param reason why it did not come to VALIDATED; empty if it did
/// @param waiting what it waits for, after which it is to be run again; or null
public record Outcome(
        String runId,
        RunState state,
        List<StepProgress> steps,
        List<Validation> validations,
        String reason,
        @Nullable Waiting waiting) {
    public Outcome {
        steps = List.copyOf(steps);
        validations = List.copyOf(validations);
    }

    /// Whether everything stands in the target and every check is green.
    public boolean validated() {
        return state == RunState.VALIDATED;
    }
}
