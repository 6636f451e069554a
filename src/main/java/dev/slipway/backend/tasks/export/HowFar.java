package dev.slipway.backend.tasks.export;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// How far an export is.
///
/// @param rows written
/// @param total rows that there will be
/// @param eta seconds that are left, or null while no one can tell
/// @param asOf of the view that its first rows are from
/// @param lastAsOf of the view that its last rows are from, or null if there is but one
record HowFar(
        long rows, long total, @Nullable Long eta, Instant asOf, @Nullable Instant lastAsOf) {}
