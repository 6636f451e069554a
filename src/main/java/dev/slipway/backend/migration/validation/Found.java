package dev.slipway.backend.migration.validation;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What became of a source row.
sealed interface Found {
    /// @param values in the order of the plan's columns
    record Row(List<@Nullable Object> values) implements Found {}

    /// It is in quarantine.
    ///
    /// @param byTarget whether the target itself refused it, or a person left it behind
    record Refused(String column, String rule, boolean byTarget) implements Found {}

    /// It was merged into another row, or which row it became can't be told.
    record Elsewhere() implements Found {}

    record Absent() implements Found {}
}
