package dev.slipway.backend.migration.source;

/// A column as the source declares it. What it holds may be something else.
///
/// @param nullable whether NULL may stand in it, as far as is known
public record SourceColumn(String name, Kind kind, boolean nullable) {

    /// What the source says that a column holds.
    public enum Kind {
        INTEGER,
        DECIMAL,
        FLOAT,
        TEXT,
        /// One of a few words, by whose numbers the engine may order them.
        CHOICE,
        DATE,
        /// A date and time without a zone.
        DATETIME,
        /// A moment, read in UTC.
        TIMESTAMP,
        BINARY,
        OTHER;

        /// Whether SQL adds its values up exactly.
        public boolean exact() {
            return this == INTEGER || this == DECIMAL;
        }
    }
}
