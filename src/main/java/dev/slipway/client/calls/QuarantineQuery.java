package dev.slipway.client.calls;

import dev.slipway.api.migration.QuarantineState;

import org.jspecify.annotations.Nullable;

/// Which rows in quarantine are asked for.
///
/// @param step only of this step, or null
/// @param column only those whose value for this target column was refused; empty for rows that
///   were refused as a whole; null for all
/// @param rule only those that this rule refused, or null
/// @param state only those in this state, or null
/// @param text only those that hold it in key, reason or raw row; or empty
public record QuarantineQuery(
        String runId,
        @Nullable String step,
        @Nullable String column,
        @Nullable String rule,
        @Nullable QuarantineState state,
        String text) {

    /// All of a run.
    public static QuarantineQuery all(String runId) {
        return new QuarantineQuery(runId, null, null, null, null, "");
    }
}
