package dev.slipway.api.migration;

/// How many rows of a run one rule refused.
///
/// @param column the target column that could not be made, or empty if the rows as a whole were
///   refused
/// @param rule the rule that refused them
/// @param rows all of them, whatever became of them
/// @param open those that someone has to decide about
/// @param accepted those that are left behind on purpose
/// @param resolved those that are accounted for in the target now
public record QuarantineReason(
        String runId,
        String step,
        String column,
        String rule,
        long rows,
        long open,
        long accepted,
        long resolved) {

    /// Rows about which no one has decided.
    public QuarantineReason(String runId, String step, String column, String rule, long rows) {
        this(runId, step, column, rule, rows, rows, 0, 0);
    }

    /// Names the reason among its kind.
    public String id() {
        return runId + "|" + step + "|" + column + "|" + rule;
    }
}
