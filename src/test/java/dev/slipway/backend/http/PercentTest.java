package dev.slipway.backend.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PercentTest {
    @Test
    void decodesSegmentsAndKeepsAnEncodedSlashInItsSegment() {
        assertThat(Percent.path("/a/b%2Fc/%C3%BC+x")).containsExactly("", "a", "b/c", "ü+x");
    }

    @Test
    void readsAQuery() {
        assertThat(Percent.query("a=1&b=x+y%26z&c&d="))
                .containsEntry("a", "1")
                .containsEntry("b", "x y&z")
                .containsEntry("c", "")
                .containsEntry("d", "")
                .hasSize(4);
        assertThat(Percent.query("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%", "%4", "%zz", "%ff", "%c3%28", "%ed%a0%80", "%00", "%0d%0a", "a%"})
    void refusesWhatIsNoText(String raw) {
        assertThatThrownBy(() -> Percent.path(raw)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> Percent.query("x=" + raw)).isInstanceOf(Refused.class);
    }

    @Test
    void refusesAParameterGivenTwice() {
        assertThatThrownBy(() -> Percent.query("a=1&a=1")).isInstanceOf(Refused.class);
    }
}
