package dev.slipway.backend.migration.convert;

import dev.slipway.backend.migration.plan.ColumnType;

import org.jspecify.annotations.Nullable;

/// The currency of an amount.
final class CurrencyConverter implements Converter {
    private final ColumnType.Currency type;
    private final CurrencyWords words;

    CurrencyConverter(ColumnType.Currency type) {
        this.type = type;
        this.words = new CurrencyWords(type.currencies());
    }

    @Override
    public @Nullable Object convert(String raw) {
        String code = words.code(raw.strip());
        return code == null ? type.otherwise() : code;
    }
}
