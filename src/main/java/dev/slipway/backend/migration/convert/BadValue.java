package dev.slipway.backend.migration.convert;

import dev.slipway.backend.migration.plan.Rule;

import org.jspecify.annotations.Nullable;

/// Raw text that can't be converted. It has no stack trace: a dirty table throws millions.
public final class BadValue extends Exception {
    private static final long serialVersionUID = 1L;
    private final String reason;
    private final @Nullable Rule rule;

    public BadValue(String reason) {
        this(reason, null);
    }

    /// @param rule what happens to it, or null if the column's `on-bad` says so
    BadValue(String reason, @Nullable Rule rule) {
        super(reason, null, false, false);
        this.reason = reason;
        this.rule = rule;
    }

    /// What was wrong, for a person.
    public String reason() {
        return reason;
    }

    /// What happens to the value.
    ///
    /// @param onBad of its column
    public Rule rule(Rule onBad) {
        return rule == null ? onBad : rule;
    }
}
