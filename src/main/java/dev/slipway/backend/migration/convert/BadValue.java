package dev.slipway.backend.migration.convert;

/// Raw text that can't be converted. It has no stack trace: a dirty table throws millions.
public final class BadValue extends Exception {
    private static final long serialVersionUID = 1L;
    private final String reason;

    public BadValue(String reason) {
        super(reason, null, false, false);
        this.reason = reason;
    }

    /// What was wrong, for a person.
    public String reason() {
        return reason;
    }
}
