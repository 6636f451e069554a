package dev.slipway.api.migration;

/// What became of an act on a run's quarantine.
///
/// @param rows how many were changed
public record QuarantineActed(long rows) {}
