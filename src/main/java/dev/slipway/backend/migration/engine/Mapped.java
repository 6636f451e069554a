package dev.slipway.backend.migration.engine;

import org.jspecify.annotations.Nullable;

/// What a raw row became.
///
/// @param values in the order of the plan's columns
/// @param hash of the values
/// @param refusal why it is not written, or null if it is
record Mapped(@Nullable Object[] values, long hash, @Nullable Refusal refusal) {}
