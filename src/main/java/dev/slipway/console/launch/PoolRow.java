package dev.slipway.console.launch;

import dev.slipway.api.metrics.Pool;
import dev.slipway.api.metrics.Window;
import dev.slipway.console.table.Figures;

/// One pool over the last minute, so that one sees what a step did.
public record PoolRow(Window window, String n, String p95, String errors, String rate) {
    /// Below this many requests a p95 rests on two or three of them.
    private static final int ENOUGH = 60;

    Pool pool() {
        return window.pool();
    }

    static PoolRow of(Window window, String tooFew) {
        long n = window.latency().n();
        return new PoolRow(
                window,
                Figures.count(n),
                n == 0
                        ? Figures.UNKNOWN
                        : n < ENOUGH ? tooFew : Figures.millis(window.latency().p95()),
                n == 0 ? Figures.UNKNOWN : Figures.errors(window.errors(), window.errorShare()),
                Figures.rate(window.rate()) + "/s");
    }
}
