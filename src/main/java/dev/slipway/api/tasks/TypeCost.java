package dev.slipway.api.tasks;

import java.time.LocalDate;

/// What the jobs of one type cost on one day.
///
/// @param day in UTC, by when an attempt ended
/// @param jobs that ended with one of these attempts, whatever became of them
/// @param attempts that ended, whatever became of them
/// @param cpuMillis CPU time of the threads that ran them; those that never told (their worker
///   died) count as nothing
/// @param unknown attempts whose CPU time was never told
/// @param wallMillis from start to end, all together
public record TypeCost(
        String type,
        LocalDate day,
        long jobs,
        long attempts,
        long cpuMillis,
        long unknown,
        long wallMillis) {}
