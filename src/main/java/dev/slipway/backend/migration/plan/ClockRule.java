package dev.slipway.backend.migration.plan;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/// What happens to a local time that its zone's clocks never showed, or showed twice: the rules of
/// any other bad value, or one of the two moments that it may have been.
public enum ClockRule {
    DEFAULT(Rule.DEFAULT),
    NULL(Rule.NULL),
    QUARANTINE(Rule.QUARANTINE),
    SKIP(Rule.SKIP),
    /// The earlier moment: 02:30 that was skipped is 01:30, 02:30 that was twice is the first one.
    EARLIER(null),
    /// The later moment: 02:30 that was skipped is 03:30, 02:30 that was twice is the second one.
    LATER(null);

    private final @Nullable Rule rule;

    ClockRule(@Nullable Rule rule) {
        this.rule = rule;
    }

    /// The word that a plan uses.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The rule for a value that is taken for none, or null if it is taken for a moment.
    public @Nullable Rule rule() {
        return rule;
    }
}
