package dev.slipway.console.metrics;

import dev.slipway.api.metrics.Pool;
import dev.slipway.api.metrics.Window;
import dev.slipway.console.fx.Format;
import dev.slipway.console.table.Figures;

import java.util.ResourceBundle;

/// One route of one pool in the table.
public record RouteRow(Window window) {
    /// Below so many requests a p99 says nothing.
    public static final long ENOUGH = 300;

    public Pool pool() {
        return window.pool();
    }

    public String route(ResourceBundle texts) {
        return window.route().equals("*") ? texts.getString("metrics.all-routes") : window.route();
    }

    public String n() {
        return Format.count(window.latency().n());
    }

    public String rate() {
        return Format.rate(window.rate());
    }

    public String p50() {
        return any(window.latency().p50());
    }

    public String p95() {
        return any(window.latency().p95());
    }

    public String p99(ResourceBundle texts) {
        return window.latency().n() < ENOUGH
                ? texts.getString("metrics.too-few")
                : any(window.latency().p99());
    }

    /// To sort by: what is too few to say comes before all that is known.
    double knownP99() {
        return window.latency().n() < ENOUGH ? -1 : window.latency().p99();
    }

    public String max() {
        return any(window.latency().max());
    }

    public String errors() {
        return Figures.errors(window.errors(), window.errorShare());
    }

    private String any(double millis) {
        return window.latency().n() == 0 ? "–" : Format.millis(millis);
    }
}
