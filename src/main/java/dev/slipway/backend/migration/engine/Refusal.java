package dev.slipway.backend.migration.engine;

import org.jspecify.annotations.Nullable;

/// Why a row is not written.
///
/// @param leftOut whether the plan only leaves it out; else it goes to quarantine
/// @param value the raw value that is to blame
public record Refusal(
        boolean leftOut, String column, String rule, String reason, @Nullable String value) {}
