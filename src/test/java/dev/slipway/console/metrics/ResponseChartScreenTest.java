package dev.slipway.console.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.metrics.Interval;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.ShopData;

import javafx.scene.Scene;

import org.junit.jupiter.api.Test;
import org.testfx.api.FxToolkit;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

class ResponseChartScreenTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @Test
    void aDayOfBothPoolsIsDrawnFastEnoughToBeLive() throws Exception {
        FxToolkit.registerPrimaryStage();
        List<Interval> day = new ShopData(NOW).intervals(Duration.ofHours(24));
        long[] millis =
                ConsoleHarness.onUi(
                        () -> {
                            var chart = new ResponseChart();
                            var scene = new Scene(chart, 1200, 600);
                            scene.snapshot(null);
                            long[] took = new long[7];
                            for (int i = 0; i < took.length; i++) {
                                long began = System.nanoTime();
                                chart.show(day, Duration.ofHours(24), NOW);
                                scene.snapshot(null);
                                took[i] = Duration.ofNanos(System.nanoTime() - began).toMillis();
                            }
                            return took;
                        });
        Arrays.sort(millis);
        System.out.println("24 h, " + day.size() + " intervals: median " + millis[3] + " ms");
        // loose, for a busy machine: a day is drawn at most every 5 s
        assertThat(millis[3]).isLessThan(1_000);
    }
}
