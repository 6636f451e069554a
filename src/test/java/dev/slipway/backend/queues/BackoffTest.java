package dev.slipway.backend.queues;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

class BackoffTest {
    private final Backoff backoff =
            new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(10), new Random(7));

    @ParameterizedTest
    @CsvSource({
        "1, 2",
        "2, 4",
        "3, 8",
        "8, 256",
        "9, 512",
        "10, 600",
        "60, 600",
        "2147483647, 600"
    })
    void doublesUpToTheMost(int attempt, long seconds) {
        assertThat(backoff.limit(attempt)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void spreadsOverTheWholeRange() {
        List<Long> waits =
                IntStream.range(0, 2_000).mapToObj(_ -> backoff.after(3).toMillis()).toList();

        assertThat(waits).allSatisfy(w -> assertThat(w).isBetween(0L, 8_000L));
        // each quarter of the range gets about a quarter of 2,000
        for (long quarter = 0; quarter < 4; quarter++) {
            long from = quarter * 2_000;
            assertThat(waits.stream().filter(w -> w >= from && w < from + 2_000).count())
                    .isBetween(400L, 600L);
        }
    }
}
