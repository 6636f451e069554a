package dev.slipway.backend.migration.command;

import dev.slipway.api.migration.Chunk;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.StepState;
import dev.slipway.api.migration.Validation;
import dev.slipway.api.migration.Waiting;
import dev.slipway.backend.migration.engine.Forecast;
import dev.slipway.backend.migration.engine.Listener;
import dev.slipway.backend.migration.plan.Window;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/// Tells on standard error how far it is.
final class Printer implements Listener {
    private static final long EVERY = 1_000_000_000L;
    private static final long EVERY_WAIT = 10_000_000_000L;
    private static final DateTimeFormatter ENDS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm VV", Locale.ROOT);
    private final PrintWriter err;
    private final Window window;
    private final InstantSource clock;
    private final LongSupplier nanoTime;
    private final Forecast forecast = new Forecast();
    private final List<Validation> validations = new ArrayList<>();
    private long rows;
    private long told;
    private String waits = "";
    private long toldWait;

    Printer(PrintWriter err) {
        this(err, Window.ALWAYS, InstantSource.system(), System::nanoTime);
    }

    /// @param window in which the work is done
    Printer(PrintWriter err, Window window, InstantSource clock, LongSupplier nanoTime) {
        this.err = err;
        this.window = window;
        this.clock = clock;
        this.nanoTime = nanoTime;
    }

    /// Rows read so far by this process.
    long rows() {
        return rows;
    }

    /// The steps as they were told last.
    List<StepProgress> steps() {
        return forecast.steps();
    }

    /// What was checked so far.
    List<Validation> validations() {
        return List.copyOf(validations);
    }

    @Override
    public void chunk(Chunk chunk) {
        rows += chunk.read();
    }

    @Override
    public void step(StepProgress step) {
        long now = nanoTime.getAsLong();
        forecast.step(step, now);
        boolean moved = step.state() != StepState.WAITING;
        boolean over = step.state() != StepState.RUNNING;
        if (moved && (over || now - told > EVERY)) {
            told = now;
            err.printf(
                    Locale.ROOT,
                    "%-24s %-10s %,d of %,d read, %,d written, %,d merged, %,d quarantined,"
                            + " %,d skipped%s%n",
                    step.name(),
                    step.state(),
                    step.read(),
                    step.rows(),
                    step.written(),
                    step.merged(),
                    step.quarantined(),
                    step.skipped(),
                    over ? "" : outlook(now));
            err.flush();
        }
    }

    /// How fast it goes and when all steps are read, as far as that can be told.
    private String outlook(long now) {
        Duration left = forecast.left(now);
        if (left == null) {
            return "";
        }
        String speed = String.format(Locale.ROOT, "; %,.0f rows/s", forecast.perSecond(now));
        if (window.spans().isEmpty()) {
            return speed
                    + String.format(
                            Locale.ROOT,
                            ", about %d:%02d:%02d left",
                            left.toHours(),
                            left.toMinutesPart(),
                            left.toSecondsPart());
        }
        return speed
                + window.end(clock.instant(), left)
                        .map(end -> ", ends about " + ENDS.format(end.atZone(window.zone())))
                        .orElse("");
    }

    @Override
    public void waiting(@Nullable Waiting why) {
        forecast.waits(why != null, nanoTime.getAsLong());
        if (why == null) {
            err.println("goes on");
            waits = "";
        } else if (waits.isEmpty() || nanoTime.getAsLong() - toldWait > EVERY_WAIT) {
            long seconds = Duration.between(why.since(), clock.instant()).toSeconds();
            Instant until = why.until();
            err.printf(
                    Locale.ROOT,
                    "waiting: %s since %d s%s%n",
                    why.reason(),
                    seconds,
                    until == null ? "" : "; it goes on at " + until);
            waits = why.reason();
            toldWait = nanoTime.getAsLong();
        }
        err.flush();
    }

    @Override
    public void told(String what) {
        err.println(what);
        err.flush();
    }

    @Override
    public void validation(Validation validation) {
        validations.add(validation);
        err.printf(
                "%s %s: %s | %s%s%n",
                validation.passed() ? "green" : "RED  ",
                (validation.step() + " " + validation.name()).strip(),
                validation.source(),
                validation.target(),
                validation.detail() == null ? "" : " | " + validation.detail());
        err.flush();
    }
}
