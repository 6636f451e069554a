package dev.slipway.backend.migration;

import dev.slipway.api.migration.QuarantineChoice;
import dev.slipway.api.migration.RunState;

import org.jspecify.annotations.Nullable;

/// What the job `migration.replay` carries.
///
/// @param yaml the plan that the run is to go by from now on, or null for its own
/// @param by who asked for it
/// @param before how the run stood
record ReplayJob(
        String runId, QuarantineChoice which, @Nullable String yaml, String by, RunState before) {
    static final String TYPE = "migration.replay";
}
