package dev.slipway.api.migration;

/// How many rows of a run one rule refused.
///
/// @param column the target column that could not be made, or empty if the rows as a whole were
///   refused
/// @param rule the rule that refused them
public record QuarantineReason(String runId, String step, String column, String rule, long rows) {

    /// Names the reason among its kind.
    public String id() {
        return runId + "|" + step + "|" + column + "|" + rule;
    }
}
