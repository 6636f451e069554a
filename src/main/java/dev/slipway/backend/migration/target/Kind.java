package dev.slipway.backend.migration.target;

/// What a target column holds, each as one Java type.
public enum Kind {
    /// `Long`
    INTEGER,
    /// `BigDecimal`
    NUMERIC,
    /// `String`
    TEXT,
    /// `Boolean`
    BOOLEAN,
    /// `String`, a JSON document in the target's own spelling
    JSON,
    /// `LocalDate`
    DATE,
    /// `Instant`
    MOMENT,
    /// Anything else: nothing is written to it.
    OTHER
}
