package dev.slipway.api.migration;

/// Where a step of a run stands.
public enum StepState {
    WAITING,
    RUNNING,
    VALIDATING,
    VALIDATED,
    INVALID,
    FAILED
}
