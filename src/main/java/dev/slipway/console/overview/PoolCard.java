package dev.slipway.console.overview;

import dev.slipway.api.metrics.Window;
import dev.slipway.console.fx.Format;

import java.text.MessageFormat;
import java.util.ResourceBundle;

/// One pool in a few words.
///
/// @param p95 the figure that everyone looks at
/// @param reason why the verdict is what it is, with the figure
public record PoolCard(
        Verdict verdict,
        String p95,
        String reason,
        String errors,
        String rate,
        String p50,
        String p99,
        String basis) {

    /// A pool that there are no figures of.
    static PoolCard without(Verdict verdict, String reason) {
        return new PoolCard(verdict, "–", reason, "–", "–", "–", "–", "");
    }

    static PoolCard of(Window window, ResourceBundle texts) {
        Verdict verdict = Verdict.of(window);
        var latency = window.latency();
        boolean any = latency.n() > 0;
        String p99 =
                latency.n() < 300
                        ? texts.getString("metrics.too-few")
                        : Format.millis(latency.p99());
        return new PoolCard(
                verdict,
                any ? Format.millis(latency.p95()) : "–",
                reason(verdict, window, texts),
                any ? Format.share(window.errorShare()) : "–",
                any ? Format.rate(window.rate()) + " /s" : "0 /s",
                any ? Format.millis(latency.p50()) : "–",
                any ? p99 : "–",
                MessageFormat.format(
                        texts.getString("overview.basis"),
                        Format.count(latency.n()),
                        Format.age(window.window())));
    }

    private static String reason(Verdict verdict, Window window, ResourceBundle texts) {
        String p95 = Format.millis(window.latency().p95());
        String share = Format.share(window.errorShare());
        String key = "overview.reason." + verdict;
        return switch (verdict) {
            case WELL ->
                    MessageFormat.format(
                            texts.getString(key), p95, Format.millis(Verdict.SLOW_MILLIS));
            case SLOW ->
                    MessageFormat.format(
                            texts.getString(key), p95, Format.millis(Verdict.SLOW_MILLIS));
            case FAILING ->
                    MessageFormat.format(
                            texts.getString(key), share, Format.share(Verdict.FAILING_SHARE));
            case QUIET ->
                    MessageFormat.format(texts.getString(key), Format.count(window.latency().n()));
            case UNKNOWN -> texts.getString(key);
        };
    }
}
