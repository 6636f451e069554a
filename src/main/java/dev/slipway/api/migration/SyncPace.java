package dev.slipway.api.migration;

/// How fast a sync may read whole steps and what it compares, changed while it goes on: it holds
/// within a second or two. What the source's log names is always read. The body of `POST
/// /api/v1/migrations/runs/{id}/sync/pace`.
///
/// @param rowsPerSecond the most rows read in a second; 0: as the plan says
public record SyncPace(int rowsPerSecond) {}
