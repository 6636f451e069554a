package dev.slipway.console.overview;

import dev.slipway.api.metrics.Window;

/// How a pool is, judged by what visitors get.
public enum Verdict {
    WELL,
    SLOW,
    FAILING,
    /// Too little traffic to say.
    QUIET,
    /// Nothing is measured.
    UNKNOWN;

    /// A p95 above this is slow, in milliseconds: the launch promises responses below it.
    public static final double SLOW_MILLIS = 200;

    /// From this share of failed requests on a pool fails its visitors.
    public static final double FAILING_SHARE = 0.02;

    /// Fewer requests than this say nothing.
    public static final long FEWEST = 30;

    public static Verdict of(Window window) {
        if (window.latency().n() < FEWEST) {
            return QUIET;
        }
        if (window.errorShare() >= FAILING_SHARE) {
            return FAILING;
        }
        return window.latency().p95() > SLOW_MILLIS ? SLOW : WELL;
    }
}
