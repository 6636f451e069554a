package dev.slipway.backend.migration.plan;

import java.util.Locale;

/// How the source had a value: what became NULL or a default is still told apart.
public enum Origin {
    /// A value that could be converted.
    GIVEN,
    /// NULL.
    NULL,
    /// Nothing but blanks.
    EMPTY,
    /// One of the plan's words for "none", such as a zero date.
    SENTINEL,
    /// A value that means nothing the type allows, or that leads nowhere.
    BAD;

    /// The word that a target keeps.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
