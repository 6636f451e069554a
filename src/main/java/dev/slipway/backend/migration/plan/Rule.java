package dev.slipway.backend.migration.plan;

import java.util.Locale;

/// What happens to a row whose value is missing or can't be converted.
public enum Rule {
    /// The column gets the plan's `default`.
    DEFAULT,
    /// The column gets NULL.
    NULL,
    /// The row goes to quarantine.
    QUARANTINE,
    /// The row is left out, and counted.
    SKIP;

    /// The word that a plan uses.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
