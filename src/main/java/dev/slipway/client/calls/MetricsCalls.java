package dev.slipway.client.calls;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.metrics.Interval;
import dev.slipway.api.metrics.Window;
import dev.slipway.client.http.Calls;
import dev.slipway.client.http.ProblemException;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What was measured of the shop, old and new.
public final class MetricsCalls {
    private final Calls calls;

    public MetricsCalls(Calls calls) {
        this.calls = calls;
    }

    /// The intervals over all routes of each pool that began after a moment, the oldest first.
    ///
    /// @param after an instant, or the `next` of the page before, or null for all that there are
    public Page<Interval> intervals(@Nullable String after) throws ProblemException {
        var url = calls.url(Paths.INTERVALS).addQueryParameter("limit", "5000");
        return calls.page(url, after, Interval.class);
    }

    public List<Window> windows() throws ProblemException {
        return calls.list(calls.url(Paths.WINDOWS), Window.class);
    }
}
