package dev.slipway.api.migration;

/// Names a row in a run's quarantine.
public record QuarantinedRow(String step, String key) {}
