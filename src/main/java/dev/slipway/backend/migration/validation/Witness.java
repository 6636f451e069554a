package dev.slipway.backend.migration.validation;

import dev.slipway.backend.migration.plan.Column;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.Rule;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// Says what a column's value must be, by other means than the converters do: a check must not
/// trust the code that it checks. It is slow and simple where they are fast.
public final class Witness {

    /// What a witness says.
    public sealed interface Word {
        /// The column holds this value, or NULL.
        record Holds(@Nullable Object value) implements Word {}

        /// The row is not written: it is refused or left out.
        record NotWritten(String why) implements Word {}

        /// The witness can't tell.
        record Silent() implements Word {}
    }

    private Witness() {}

    /// What a column must hold.
    ///
    /// @param raw the values of the column's source columns, in its order
    static Word of(Column column, List<@Nullable String> raw) {
        return switch (column.type()) {
            case ColumnType.Generated _, ColumnType.Reference _, ColumnType.Gap _ ->
                    new Word.Silent();
            case ColumnType.Constant constant -> new Word.Holds(constant.value());
            case ColumnType.Text text when text.join() != null ->
                    one(column, joined(column, raw, text.join()));
            default -> first(column, raw);
        };
    }

    private static Word first(Column column, List<@Nullable String> raw) {
        Reading worst = new Reading.None();
        for (String value : raw) {
            Reading reading = read(column, prepared(column, value));
            if (reading instanceof Reading.Some) {
                return word(column, reading);
            }
            worst = reading instanceof Reading.Bad ? reading : worst;
        }
        return word(column, worst);
    }

    private static Word one(Column column, @Nullable String raw) {
        return word(column, read(column, raw));
    }

    private static @Nullable String joined(
            Column column, List<@Nullable String> raw, String between) {
        List<String> parts = new ArrayList<>();
        for (String value : raw) {
            String part = prepared(column, value);
            if (part != null && !part.isBlank()) {
                parts.add(part);
            }
        }
        return parts.isEmpty() ? null : String.join(between, parts);
    }

    static @Nullable String prepared(Column column, @Nullable String raw) {
        if (raw == null || column.missing().contains(raw)) {
            return null;
        }
        String text = column.repair() ? TextReading.repaired(raw) : raw;
        if (column.extract() != null) {
            return column.extract()
                    .matcher(text)
                    .results()
                    .findFirst()
                    .map(r -> r.groupCount() == 0 ? r.group() : r.group(1))
                    .orElse(null);
        }
        return column.missing().contains(text) ? null : text;
    }

    private static Reading read(Column column, @Nullable String text) {
        return text == null ? new Reading.None() : Reading.of(column.type(), text);
    }

    private static Word word(Column column, Reading reading) {
        return switch (reading) {
            case Reading.Some some -> new Word.Holds(some.value());
            case Reading.None _ -> ruled(column, column.onMissing(), "is missing");
            case Reading.Bad bad ->
                    ruled(column, bad.rule() == null ? column.onBad() : bad.rule(), bad.why());
        };
    }

    private static Word ruled(Column column, Rule rule, String why) {
        return switch (rule) {
            case NULL -> new Word.Holds(null);
            case DEFAULT ->
                    Reading.of(column.type(), String.valueOf(column.fallback()))
                                    instanceof Reading.Some some
                            ? new Word.Holds(some.value())
                            : new Word.Holds(null);
            case QUARANTINE, SKIP -> new Word.NotWritten(column.name() + " " + why);
        };
    }
}
