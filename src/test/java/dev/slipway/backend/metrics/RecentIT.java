package dev.slipway.backend.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.slipway.api.metrics.Pool;

import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// The legacy pool's p95 that a migration's throttle looks at.
class RecentIT {
    private static final Instant NOW = Instant.parse("2026-11-27T03:00:00Z");

    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init")
    private MetricsStore store;

    private int seq;

    @BeforeEach
    void open() {
        store = MetricsStore.at(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    /// Of 1, 2, … 200 ms the 190th is the p95: not the average of those of two intervals, which
    /// would be 148.
    @Test
    void mergesWhatWasMeasuredInTheLastTenSeconds() throws Exception {
        stores(Pool.LEGACY, NOW.minusSeconds(3), IntStream.rangeClosed(1, 100).toArray());
        stores(Pool.LEGACY, NOW.minusSeconds(2), IntStream.rangeClosed(101, 200).toArray());
        stores(Pool.NEW, NOW.minusSeconds(2), IntStream.rangeClosed(5_000, 5_200).toArray());
        stores(Pool.LEGACY, NOW.minusSeconds(60), IntStream.rangeClosed(7_000, 9_000).toArray());

        assertThat(new Recent(store).p95Millis(Pool.LEGACY, NOW)).isCloseTo(190, within(1.0));
    }

    @Test
    void tooLittleIsNoFigure() {
        stores(Pool.LEGACY, NOW.minusSeconds(2), IntStream.rangeClosed(1, 19).toArray());

        assertThatThrownBy(() -> new Recent(store).p95Millis(Pool.LEGACY, NOW))
                .isInstanceOf(Recent.TooFew.class)
                .hasMessage("only 19 requests in ten seconds");
    }

    @Test
    void anEdgeThatHasGoneSilentIsNoFigure() {
        stores(Pool.LEGACY, NOW.minusSeconds(8), IntStream.rangeClosed(1, 100).toArray());

        assertThatThrownBy(() -> new Recent(store).p95Millis(Pool.LEGACY, NOW))
                .isInstanceOf(Recent.TooFew.class)
                .hasMessageContaining("no request of this pool lately");
    }

    private void stores(Pool pool, Instant from, int[] millis) {
        var histogram = new Histogram(3);
        Arrays.stream(millis).forEach(ms -> histogram.recordValue(ms * 1_000L));
        var buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        var sample =
                new Sample(
                        pool,
                        Sample.ALL,
                        from,
                        1_000,
                        Arrays.copyOf(buffer.array(), length),
                        0,
                        0,
                        BigDecimal.ZERO,
                        "EUR");
        store.store(List.of(new MetricsStore.Numbered("edge", ++seq, sample)));
    }
}
