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
    /// `LocalDate`
    DATE,
    /// `Instant`
    MOMENT,
    /// Anything else: nothing is written to it.
    OTHER
}
