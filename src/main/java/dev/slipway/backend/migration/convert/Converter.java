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

    /// The short way for what most values are: ASCII in its plainest spelling, in which there is
    /// nothing to repair, to trim or to remark. All short ways are here and nowhere else.
    ///
    /// @param raw as the source gave it, not null
    /// @return what [#convert] would make of it, or null if the text is any other
    default @Nullable Object plain(String raw) {
        return null;
    }
}
