package dev.slipway.backend.migration.convert;

import org.jspecify.annotations.Nullable;

/// Makes a typed value of raw text.
@FunctionalInterface
public interface Converter {

    /// Converts one value.
    ///
    /// @param raw as the source gave it, not null
    /// @return text, `Long`, `BigDecimal`, `Boolean`, `LocalDate` or `Instant`; null if the text
    ///   means "none"
    /// @throws BadValue if it means nothing that the type allows
    @Nullable Object convert(String raw) throws BadValue;
}
