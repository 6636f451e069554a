package dev.slipway.api.migration;

/// The body of replaying open rows.
///
/// @param changedPlan whether the run is to go by the plan as it stands in the folder now; it is
///   refused if a row that stands in the target would be another by it
public record ReplayQuarantine(QuarantineChoice which, boolean changedPlan) {}
