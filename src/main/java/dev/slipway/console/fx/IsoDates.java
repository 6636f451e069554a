package dev.slipway.console.fx;

import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;

/// Dates as year, month, day: in other orders 11/10 is two different days to two people.
public final class IsoDates extends StringConverter<@Nullable LocalDate> {
    @Override
    public String toString(@Nullable LocalDate date) {
        return date == null ? "" : date.toString();
    }

    /// A text that is no date is no date.
    @Override
    public @Nullable LocalDate fromString(@Nullable String text) {
        try {
            return text == null || text.isBlank() ? null : LocalDate.parse(text.strip());
        } catch (DateTimeParseException e) {
            return null;
        }
    }
}
