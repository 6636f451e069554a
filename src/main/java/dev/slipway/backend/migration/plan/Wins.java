package dev.slipway.backend.migration.plan;

import java.util.Locale;

/// Which value a column keeps where rows are merged. The first row is that with the smallest key.
public enum Wins {
    FIRST,
    LAST,
    /// The first that is not NULL.
    FILLED,
    LARGEST,
    SMALLEST;

    /// The word that a plan uses.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
