package dev.slipway.backend.migration.engine;

import org.jspecify.annotations.Nullable;

/// What a raw row became.
///
/// @param values in the order of the plan's columns
/// @param utf8 the bytes of those that are text, until the next row is mapped
/// @param hash of the values
/// @param refusal why it is not written, or null if it is
record Mapped(
        @Nullable Object[] values,
        byte[] @Nullable [] utf8,
        long hash,
        @Nullable Refusal refusal) {}
