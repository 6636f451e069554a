package dev.slipway.backend.invoicing.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Year;

class NumberSeriesTest {
    @Test
    void fillsInYearAndNumber() {
        var series = new NumberSeries("INV-{year}-{number:06}");
        assertThat(series.number(Year.of(2026), 42)).isEqualTo("INV-2026-000042");
        assertThat(series.number(Year.of(2026), 12_345_678)).isEqualTo("INV-2026-12345678");
        assertThat(series.name(Year.of(2026))).isNotEqualTo(series.name(Year.of(2027)));
        assertThat(new NumberSeries("$1-{number}").number(Year.of(2026), 7)).isEqualTo("$1-7");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "INV", "{number}{number}", "{number}-{month}", "{number:6}", "{"})
    void refusesWhatIsNoSeries(String format) {
        assertThatThrownBy(() -> new NumberSeries(format))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a@b.de", "first.last+tag@sub.example.com", "o'neil@example.org"})
    void takesUsableAddresses(String address) {
        assertThat(MailAddress.usable(address)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "@",
                "a@",
                "@b.de",
                "a@b",
                "a b@c.de",
                "a@b..de",
                ".a@b.de",
                "a.@b.de",
                "a@b.de, c@d.de",
                "Name <a@b.de>",
                "a@-b.de",
                "a@b.1",
                "ä@b.de",
                "a@b.de\r\nBcc: x@y.z"
            })
    void refusesUnusableAddresses(String address) {
        assertThat(MailAddress.usable(address)).isFalse();
    }
}
