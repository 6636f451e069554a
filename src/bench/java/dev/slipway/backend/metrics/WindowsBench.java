package dev.slipway.backend.metrics;

import dev.slipway.api.metrics.Pool;

import org.HdrHistogram.Histogram;

import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/// What it costs to move all windows by one interval and to read them, with an hour in memory: two
/// pools of eight routes, an interval every two seconds, some fifty requests each.
final class WindowsBench {
    private static final int ROUTES = 8;
    private static final int HOUR = 1_800;

    private WindowsBench() {}

    public static void main(String[] args) {
        var random = new Random(1);
        var windows = new Windows(Windows.LENGTHS);
        List<Sample> hour = new ArrayList<>();
        Instant start = Instant.parse("2026-11-22T03:00:00Z");
        for (int i = 0; i < 2 * HOUR; i++) {
            List<Sample> tick = tick(start.plusSeconds(2L * i), random);
            hour.addAll(tick);
            long from = System.nanoTime();
            tick.forEach(sample -> windows.add(sample, sample.decoded()));
            windows.move();
            long moved = System.nanoTime();
            int read = windows.current(Windows.LENGTHS).size();
            long end = System.nanoTime();
            if (i % 600 == 599) {
                System.out.printf(
                        "after %4d intervals: move %.2f ms, read %d windows %.2f ms%n",
                        i + 1, (moved - from) / 1e6, read, (end - moved) / 1e6);
            }
        }
        List<Sample> last = hour.subList(hour.size() - HOUR * ROUTES * 2, hour.size());
        for (int round = 0; round < 3; round++) {
            long from = System.nanoTime();
            var merged = new Merged();
            last.forEach(sample -> merged.add(sample, sample.decoded()));
            merged.latency();
            System.out.printf(
                    "one window of an hour merged anew from %d histograms: %.0f ms%n",
                    last.size(), (System.nanoTime() - from) / 1e6);
        }
        double bytes = hour.stream().mapToInt(s -> s.encoded().length).average().orElseThrow();
        System.out.printf("%.0f bytes per encoded histogram%n", bytes);
    }

    private static List<Sample> tick(Instant from, Random random) {
        List<Sample> samples = new ArrayList<>();
        for (Pool pool : Pool.values()) {
            for (int route = 0; route < ROUTES; route++) {
                var histogram = new Histogram(3);
                for (int i = 0; i < 50; i++) {
                    histogram.recordValue((long) Math.exp(11 + random.nextGaussian()));
                }
                ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
                int length = histogram.encodeIntoCompressedByteBuffer(buffer);
                byte[] encoded = Arrays.copyOf(buffer.array(), length);
                samples.add(
                        new Sample(
                                pool,
                                "/r" + route,
                                from,
                                2_000,
                                encoded,
                                0,
                                1,
                                BigDecimal.TEN,
                                "EUR"));
            }
        }
        return samples;
    }
}
