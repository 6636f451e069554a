package dev.slipway.api.migration;

import org.jspecify.annotations.Nullable;

/// The body of correcting a raw value.
///
/// @param step whose rows are meant
/// @param key of one row, or null for every open row that holds `from`
/// @param column a source column
/// @param from what the rows hold now; null for NULL; not asked where there is a key
/// @param to what is to count instead when they are replayed; null for NULL
public record CorrectQuarantine(
        String step,
        @Nullable String key,
        String column,
        @Nullable String from,
        @Nullable String to) {}
