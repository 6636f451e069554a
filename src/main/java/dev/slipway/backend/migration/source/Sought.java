package dev.slipway.backend.migration.source;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What a source is asked to add up over rows of a step.
///
/// @param sums columns of numbers
/// @param days columns of days or moments, whose least and greatest are sought
/// @param by the column whose values part the sums, such as a currency; or null
public record Sought(List<String> sums, List<Days> days, @Nullable String by) {
    public Sought {
        sums = List.copyOf(sums);
        days = List.copyOf(days);
    }

    /// A column of days or moments.
    ///
    /// @param earliest the first year that counts
    /// @param latest the last year that counts
    public record Days(String column, int earliest, int latest) {}
}
