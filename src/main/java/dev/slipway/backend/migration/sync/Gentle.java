package dev.slipway.backend.migration.sync;

import dev.slipway.api.migration.Waiting;
import dev.slipway.backend.migration.plan.Window;
import dev.slipway.backend.migration.throttle.Brake;
import dev.slipway.backend.migration.throttle.Gate;
import dev.slipway.backend.migration.throttle.Pacer;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.IntSupplier;

/// When a sync may read more of the source than what its log names. Whole steps are read while the
/// window is open, the ceilings hold and the rate allows it. Rows are compared whenever the
/// ceilings hold and the rate allows it: that is a page now and then, and a cut-over wants it at
/// any time.
final class Gentle {
    /// As long as a sync rests: what is owed to the rate for less is paid with the next page.
    private static final Duration LITTLE = Duration.ofMillis(200);

    private final Window window;
    private final Gate ceilings;
    private final IntSupplier rowsPerSecond;
    private final InstantSource clock;
    private final Pacer pacer;
    private @Nullable Instant closedSince;
    private @Nullable Waiting waiting;

    /// @param rowsPerSecond asked each time; 0: any
    Gentle(
            Window window,
            Gate ceilings,
            IntSupplier rowsPerSecond,
            InstantSource clock,
            Pacer pacer) {
        this.window = window;
        this.ceilings = ceilings;
        this.rowsPerSecond = rowsPerSecond;
        this.clock = clock;
        this.pacer = pacer;
    }

    /// Whether a page of a whole step may be read now.
    boolean mayLook() {
        Instant now = clock.instant();
        if (window.open(now)) {
            closedSince = null;
            return mayCompare();
        }
        Instant since = closedSince == null ? now : closedSince;
        closedSince = since;
        waiting = Brake.closed(window, now, since);
        return false;
    }

    /// Whether a page may be compared now.
    boolean mayCompare() {
        waiting =
                switch (ceilings.word()) {
                    case Gate.Word.Closed closed -> closed.why();
                    case Gate.Word.Wait wait -> wait.why();
                    case Gate.Word.Go _ -> null;
                };
        return waiting == null && pacer.nanosToWait(rowsPerSecond.getAsInt()) <= LITTLE.toNanos();
    }

    /// So many rows were read.
    void read(int rows) {
        pacer.read(rows);
    }

    /// Nothing is to be read that would have to wait.
    void idle() {
        waiting = null;
    }

    /// What the last question's answer waits for, for a person; empty if nothing.
    String waits() {
        Waiting why = waiting;
        if (why == null) {
            return "";
        }
        return why.until() == null
                ? why.reason()
                : "%s; it goes on at %s".formatted(why.reason(), why.until());
    }
}
