package dev.slipway.sandbox.legacy;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.math.BigDecimal;
import java.time.Instant;

class LegacyValuesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            textBlock =
                    """
                    12.50 | 1250
                    1,234.50 | 123450
                    1234,50 | 123450
                    €0.99 | 99
                    EUR 12,50 | 1250
                    " 7.05 " | 705
                    2,500.99 | 250099
                    """)
    void readsMoneyHoweverItIsWritten(String text, long cents) {
        assertThat(LegacyValues.cents(text)).hasValue(cents);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "free", "n/a", "TBD", "-12.50", "12", "1,23,4.50", "12.505"})
    void otherAmountsAreUnknown(@Nullable String text) {
        assertThat(LegacyValues.cents(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    2024-03-31 12:34:56 | 2024-03-31T12:34:56Z
                    31.03.2024 | 2024-03-31T00:00:00Z
                    03/31/2024 | 2024-03-31T00:00:00Z
                    1711886400 | 2024-03-31T12:00:00Z
                    """)
    void readsDatesHoweverTheyAreWritten(String text, Instant moment) {
        assertThat(LegacyValues.moment(text)).contains(moment);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                "0000-00-00 00:00:00",
                "2024-02-30",
                "2024-05-00 00:00:00",
                "yesterday",
                "n/a",
                "30.02.2024",
                "13/31/2024"
            })
    void otherDatesAreUnknown(@Nullable String text) {
        assertThat(LegacyValues.moment(text)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"3, 3", "3x, 3", "3 pcs, 3", "3.0, 3"})
    void readsTheDigitsOfAQuantity(String text, int quantity) {
        assertThat(LegacyValues.quantity(text)).hasValue(quantity);
    }

    @ParameterizedTest
    @CsvSource({
        "deliverd, delivered",
        "'DELIVERED ', delivered",
        "versendet, shipped",
        "payed, paid",
        "new, pending",
        "storno, cancelled",
        "Refnuded, refunded",
        "see note, unknown",
        "'', unknown"
    })
    void readsAStatusHoweverItIsSpelt(String text, String status) {
        assertThat(LegacyValues.status(text)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"12.5, 12.5", "'12,5%', 12.5", "0.125, 12.5", "0.055, 5.5"})
    void readsACommissionInPercent(String text, BigDecimal percent) {
        assertThat(LegacyValues.commission(text)).isEqualByComparingTo(percent);
    }

    @ParameterizedTest
    @CsvSource({
        "Books > Fiction, books-fiction",
        "books>fiction, books-fiction",
        "Home / Kitchen, home-kitchen",
        "'electronics ', electronics",
        "MÃ¶bel, möbel"
    })
    void aCategoryIsItsWords(String text, String slug) {
        assertThat(LegacyValues.category(text)).isEqualTo(slug);
    }
}
