package dev.slipway.api.migration;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Which rows of a run's quarantine are meant: those that meet all of it.
///
/// @param step of this step, or empty for all
/// @param column refused for this target column; empty for rows refused as a whole; null for all
/// @param rule refused by this rule, or empty for all
/// @param text that stands in the key, the reason or the raw row; or empty
/// @param rows these alone; empty for all
public record QuarantineChoice(
        String step, @Nullable String column, String rule, String text, List<QuarantinedRow> rows) {
    public QuarantineChoice {
        rows = List.copyOf(rows);
    }
}
