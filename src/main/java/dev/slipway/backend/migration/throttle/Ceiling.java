package dev.slipway.backend.migration.throttle;

import dev.slipway.api.migration.Waiting;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/// A bound on what the shop may suffer. Above it, the run waits at once; it goes on only when the
/// figure has been well below for a while, so that it does not flap. What is not known, or was
/// measured too long ago, is no reason to go on.
///
/// Guarded by its own lock.
public final class Ceiling {
    /// A figure that is older says nothing about now.
    static final Duration FRESH = Duration.ofSeconds(2);

    /// How long it must have been well below.
    static final Duration CALM = Duration.ofSeconds(3);

    /// What share of the ceiling counts as well below.
    private static final double WELL_BELOW = 0.8;

    private final String name;
    private final String unit;
    private final double ceiling;
    private @Nullable Instant waitingSince;
    private @Nullable Instant calmSince;
    private double goesOnAt;
    private @Nullable Instant measuredAt;
    private double value;
    private @Nullable String unknown = "not measured yet";

    /// @param name of the figure, for a person
    /// @param unit of figure and ceiling, with a blank before it; may be empty
    public Ceiling(String name, String unit, double ceiling) {
        this.name = name;
        this.unit = unit;
        this.ceiling = ceiling;
        this.goesOnAt = ceiling;
    }

    /// It was measured.
    synchronized void measured(Instant at, double figure) {
        boolean first = measuredAt == null;
        measuredAt = at;
        value = figure;
        unknown = null;
        if (figure > ceiling) {
            block(at, ceiling * WELL_BELOW);
        } else if (first && goesOnAt == ceiling) {
            // nothing was ever wrong with it: only the first look was awaited
            waitingSince = null;
        } else if (figure > goesOnAt) {
            calmSince = null;
        } else if (calmSince == null) {
            calmSince = at;
        }
    }

    /// It could not be measured.
    synchronized void unknown(Instant at, String why) {
        measuredAt = at;
        unknown = why;
        block(at, goesOnAt);
    }

    private void block(Instant at, double until) {
        waitingSince = waitingSince == null ? at : waitingSince;
        calmSince = null;
        goesOnAt = until;
    }

    /// Why to wait; empty if there is no reason.
    synchronized Optional<Waiting> waiting(Instant now) {
        Instant last = measuredAt;
        if (last == null) {
            waitingSince = waitingSince == null ? now : waitingSince;
            return Optional.of(new Waiting(text(now), waitingSince, null));
        }
        if (last.plus(FRESH).isBefore(now)) {
            block(last, goesOnAt);
        }
        Instant calm = calmSince;
        if (waitingSince != null && calm != null && !calm.plus(CALM).isAfter(last)) {
            waitingSince = null;
            goesOnAt = ceiling;
        }
        Instant since = waitingSince;
        return since == null ? Optional.empty() : Optional.of(new Waiting(text(now), since, null));
    }

    private String text(Instant now) {
        if (unknown != null) {
            return name + " is unknown: " + unknown;
        }
        if (measuredAt != null && measuredAt.plus(FRESH).isBefore(now)) {
            long seconds = Duration.between(measuredAt, now).toSeconds();
            return name + " is unknown: not measured for " + seconds + " s";
        }
        return value > ceiling
                ? name + " " + figure(value) + " is above " + figure(ceiling)
                : "%s %s is to be at most %s for %d s before the run goes on; the ceiling is %s"
                        .formatted(
                                name,
                                figure(value),
                                figure(goesOnAt),
                                CALM.toSeconds(),
                                figure(ceiling));
    }

    private String figure(double number) {
        String text =
                number == Math.rint(number) || number >= 100
                        ? String.format(Locale.ROOT, "%.0f", number)
                        : String.format(Locale.ROOT, "%.1f", number);
        return text + unit;
    }
}
