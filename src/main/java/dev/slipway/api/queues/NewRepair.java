package dev.slipway.api.queues;

import org.jspecify.annotations.Nullable;

/// The body of `POST /api/v1/repairs`: have the failed jobs counted that match. Nothing is done to
/// them yet.
///
/// @param filter which failed jobs
/// @param target the queue to move them to; null for any other act
public record NewRepair(RepairAct act, JobFilter filter, @Nullable String target) {}
