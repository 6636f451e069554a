package dev.slipway.api.schedules;

/// What becomes of runs that came due while no backend was there to start them.
public enum CatchUp {
    /// All of them are run, the oldest first.
    ALL,
    /// The latest is run, the others count as missed.
    LATEST,
    /// None is run: they count as missed.
    NONE
}
