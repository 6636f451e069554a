package dev.slipway.console.fx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.time.Duration;

class FormatTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0 s",
        "119, 119 s",
        "120, 2 min",
        "7199, 119 min",
        "7200, 2 h",
        "7500, 2 h 5 min",
        "172799, 47 h 59 min",
        "172800, 2 d",
        "-5, 0 s"
    })
    void ages(long seconds, String text) {
        assertThat(Format.age(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"0.44 | 0.4 ms", "38.2 | 38 ms", "1240 | 1,240 ms", "12400 | 12.4 s"})
    void millis(double millis, String text) {
        assertThat(Format.millis(millis)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0 %", "0.0004, 0.04 %", "0.025, 2.5 %", "0.31, 31 %", "1, 100 %"})
    void shares(double share, String text) {
        assertThat(Format.share(share)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1234.5 | EUR | 1,234.50 EUR",
                "0 | EUR | 0.00 EUR",
                "-3.005 | USD | -3.00 USD"
            })
    void money(BigDecimal amount, String currency, String text) {
        assertThat(Format.money(amount, currency)).isEqualTo(text);
    }
}
