package dev.slipway.api.migration;

/// The body of `POST /api/v1/migrations/runs`.
public record StartRun(String plan) {}
