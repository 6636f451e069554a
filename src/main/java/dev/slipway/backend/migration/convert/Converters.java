package dev.slipway.backend.migration.convert;

import dev.slipway.backend.migration.plan.ColumnType;

/// The converter of each type.
public class Converters {
    /// What migrations use.
    public static final Converters STANDARD = new Converters();

    /// The converter of a type whose value depends on the raw text alone.
    public Converter of(ColumnType type) {
        return switch (type) {
            case ColumnType.Text text -> new TextConverter(text);
            case ColumnType.Whole whole -> new WholeConverter(whole);
            case ColumnType.Decimal decimal -> new DecimalConverter(decimal);
            case ColumnType.Currency currency -> new CurrencyConverter(currency);
            case ColumnType.Temporal temporal -> new TemporalConverter(temporal);
            case ColumnType.Bool bool -> new BoolConverter(bool);
            case ColumnType.Enumeration words -> new EnumConverter(words);
            case ColumnType.Email email -> new EmailConverter(email);
            case ColumnType.Json json -> new JsonConverter(json);
            case ColumnType.Constant constant -> _ -> constant.value();
            case ColumnType.Reference _, ColumnType.Gap _, ColumnType.Generated _ ->
                    throw new IllegalArgumentException(type.word() + " needs more than raw text");
        };
    }
}
