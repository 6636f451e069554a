package dev.slipway.backend.migration.validation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.backend.migration.convert.ConvertersTest;
import dev.slipway.backend.migration.plan.ColumnType;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

import java.math.BigDecimal;

/// The witness must say the same as the table of conversions, by its own means.
class WitnessTest {

    @ParameterizedTest
    @CsvFileSource(resources = "/plans/conversions.csv", delimiter = '|', quoteCharacter = '`')
    void readsTheSame(String column, String raw, String wanted) {
        ColumnType type = ConvertersTest.column(column).type();
        String text = java.util.Objects.requireNonNullElse(raw, "").translateEscapes();
        String is =
                switch (Reading.of(type, text)) {
                    case Reading.Some some -> shown(type, some.value());
                    case Reading.None _ -> "none";
                    case Reading.Bad _ -> "bad";
                };
        assertThat(is).isEqualTo(wanted.translateEscapes());
    }

    private static String shown(ColumnType type, Object value) {
        return value instanceof BigDecimal number && type instanceof ColumnType.Decimal decimal
                ? number.setScale(decimal.scale()).toPlainString()
                : value.toString();
    }
}
