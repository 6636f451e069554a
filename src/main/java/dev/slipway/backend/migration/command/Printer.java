package dev.slipway.backend.migration.command;

import dev.slipway.api.migration.Chunk;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.StepState;
import dev.slipway.api.migration.Validation;
import dev.slipway.api.migration.Waiting;
import dev.slipway.backend.migration.engine.Listener;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Tells on standard error how far it is.
final class Printer implements Listener {
    private static final long EVERY = 1_000_000_000L;
    private static final long EVERY_WAIT = 10_000_000_000L;
    private final PrintWriter err;
    private final Map<String, StepProgress> steps = new LinkedHashMap<>();
    private final List<Validation> validations = new ArrayList<>();
    private long rows;
    private long told;
    private String waits = "";
    private long toldWait;

    Printer(PrintWriter err) {
        this.err = err;
    }

    /// Rows read so far by this process.
    long rows() {
        return rows;
    }

    /// The steps as they were told last.
    List<StepProgress> steps() {
        return List.copyOf(steps.values());
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
        steps.put(step.name(), step);
        long now = System.nanoTime();
        boolean moved = step.state() != StepState.WAITING;
        boolean over = step.state() != StepState.RUNNING;
        if (moved && (over || now - told > EVERY)) {
            told = now;
            err.printf(
                    Locale.ROOT,
                    "%-24s %-10s %,d of %,d read, %,d written, %,d merged, %,d quarantined,"
                            + " %,d skipped%n",
                    step.name(),
                    step.state(),
                    step.read(),
                    step.rows(),
                    step.written(),
                    step.merged(),
                    step.quarantined(),
                    step.skipped());
            err.flush();
        }
    }

    @Override
    public void waiting(@Nullable Waiting why) {
        if (why == null) {
            err.println("goes on");
            waits = "";
        } else if (waits.isEmpty() || System.nanoTime() - toldWait > EVERY_WAIT) {
            long seconds = Duration.between(why.since(), Instant.now()).toSeconds();
            Instant until = why.until();
            err.printf(
                    Locale.ROOT,
                    "waiting: %s since %d s%s%n",
                    why.reason(),
                    seconds,
                    until == null ? "" : "; it goes on at " + until);
            waits = why.reason();
            toldWait = System.nanoTime();
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
