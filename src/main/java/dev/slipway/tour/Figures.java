package dev.slipway.tour;

import com.fasterxml.jackson.databind.node.ObjectNode;

import dev.slipway.api.metrics.Latency;
import dev.slipway.api.metrics.Pool;
import dev.slipway.api.metrics.Window;
import dev.slipway.client.BackendClient;
import dev.slipway.client.http.ProblemException;

import java.time.Duration;

/// Response times as the backend has measured them.
final class Figures {
    /// All routes of a pool.
    static final String ALL = "*";

    private Figures() {}

    /// The figures of one pool and route over a window that ends now; with n of 0 if there are
    /// none.
    static Latency latency(BackendClient backend, Pool pool, String route, Duration window)
            throws ProblemException {
        return backend.metrics().windows().stream()
                .filter(w -> w.pool() == pool && w.route().equals(route))
                .filter(w -> w.window().equals(window))
                .map(Window::latency)
                .findFirst()
                .orElse(Latency.NONE);
    }

    /// Requests that failed in a pool within a window that ends now.
    static long errors(BackendClient backend, Pool pool, Duration window) throws ProblemException {
        return backend.metrics().windows().stream()
                .filter(w -> w.pool() == pool && w.route().equals(ALL))
                .filter(w -> w.window().equals(window))
                .mapToLong(Window::errors)
                .sum();
    }

    /// Writes percentiles with their n.
    static void write(ObjectNode into, Latency latency) {
        into.put("n", latency.n())
                .put("p50", latency.p50())
                .put("p95", latency.p95())
                .put("p99", latency.p99())
                .put("max", latency.max());
    }
}
