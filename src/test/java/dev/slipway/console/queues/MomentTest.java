package dev.slipway.console.queues;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Instant;
import java.time.ZoneId;

class MomentTest {
    private static final Instant NOW = Instant.parse("2026-11-22T03:04:05Z");
    private static final ZoneId HERE = ZoneId.of("Europe/Berlin");

    @ParameterizedTest
    @CsvSource({
        "30m, 2026-11-22T02:34:05Z",
        "2 H, 2026-11-22T01:04:05Z",
        "3d, 2026-11-19T03:04:05Z",
        // it is 04:04:05 there
        "4:00, 2026-11-22T03:00:00Z",
        "04:05, 2026-11-21T03:05:00Z",
        "23:59:30, 2026-11-21T22:59:30Z",
        "2026-11-20 02:30, 2026-11-20T01:30:00Z",
        "2026-07-20T02:30:15, 2026-07-20T00:30:15Z"
    })
    void isReadAsItIsTyped(String typed, Instant meant) {
        assertThat(Moment.of(typed, NOW, HERE)).contains(meant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "yesterday", "25:00", "2026-02-30 01:00", "-2h", "2w", "9999999d", "12"})
    void whatIsNoneIsNotGuessed(String typed) {
        assertThat(Moment.of(typed, NOW, HERE)).isEmpty();
    }
}
