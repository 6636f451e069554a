package dev.slipway.backend.migration.plan;

/// How the source had a value: what became NULL or a default is still told apart.
public enum Origin {
    /// A value that could be converted.
    GIVEN("given"),
    /// NULL.
    NULL("null"),
    /// Nothing but blanks.
    EMPTY("empty"),
    /// One of the plan's words for "none", such as a zero date.
    SENTINEL("sentinel"),
    /// A value that means nothing the type allows, or that leads nowhere.
    BAD("bad");

    private final String word;

    Origin(String word) {
        this.word = word;
    }

    /// The word that a target keeps.
    public String word() {
        return word;
    }
}
