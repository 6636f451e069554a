package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.StepProgress;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// How fast a run goes, and how long it has to go on like that. Times are in nanoseconds of
/// [System#nanoTime].
public final class Forecast {
    private final Rate rate = new Rate();
    private final Map<String, StepProgress> steps = new LinkedHashMap<>();
    private boolean waiting;
    private double lastRate;

    /// A step is so far.
    ///
    /// @return how it was told before, or null
    public @Nullable StepProgress step(StepProgress step, long nanos) {
        StepProgress before = steps.put(step.name(), step);
        rate.at(nanos, read());
        return before;
    }

    /// Whether the run waits: it will go on as fast as it did before.
    public void waits(boolean now, long nanos) {
        waiting = now;
        if (now) {
            rate.at(nanos, read());
        }
    }

    /// The steps as they were told last.
    public List<StepProgress> steps() {
        return List.copyOf(steps.values());
    }

    /// Rows read, of all steps.
    public long read() {
        return steps.values().stream().mapToLong(StepProgress::read).sum();
    }

    /// Rows to be read in all.
    public long rows() {
        return steps.values().stream().mapToLong(StepProgress::rows).sum();
    }

    /// Rows a second, over the last few seconds.
    public double perSecond(long nanos) {
        return rate.perSecond(nanos);
    }

    /// How much work is left, or null while that can't be told.
    public @Nullable Duration left(long nanos) {
        double now = perSecond(nanos);
        lastRate = !waiting && now >= 1 ? now : lastRate;
        long rows = Math.max(0, rows() - read());
        return lastRate < 1 ? null : Duration.ofSeconds(Math.round(rows / lastRate));
    }
}
