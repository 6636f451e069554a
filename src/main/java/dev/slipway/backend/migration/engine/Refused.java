package dev.slipway.backend.migration.engine;

import org.jspecify.annotations.Nullable;

/// A row that its plan sends to quarantine. It has no stack trace: a dirty table throws millions.
final class Refused extends Exception {
    private static final long serialVersionUID = 1L;
    final String column;
    final String rule;
    final String reason;
    final @Nullable String value;

    Refused(String column, String rule, String reason, @Nullable String value) {
        super(reason, null, false, false);
        this.column = column;
        this.rule = rule;
        this.reason = reason;
        this.value = value;
    }
}
