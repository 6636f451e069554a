package dev.slipway.api.queues;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// One act on every failed job that matches a filter. It takes what had failed by its boundary and
/// nothing that fails later, and no job twice.
///
/// @param target the queue that jobs are moved to; null for any other act
/// @param by who asked for it
/// @param boundary jobs that failed after this are not taken
/// @param startedAt null until someone has started it
/// @param endedAt null until it has ended or was stopped
/// @param preview what it takes
/// @param how its rate and when it stops; until it is started, what holds if nobody chooses
///   otherwise
/// @param note why it was stopped or what it waits for, for a person; empty if nothing is to be
///   said
public record Repair(
        String id,
        RepairAct act,
        JobFilter filter,
        @Nullable String target,
        RepairState state,
        String by,
        Instant createdAt,
        Instant boundary,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        RepairPreview preview,
        StartRepair how,
        RepairProgress progress,
        String note) {}
