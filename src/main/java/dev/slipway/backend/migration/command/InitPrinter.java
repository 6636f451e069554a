package dev.slipway.backend.migration.command;

import dev.slipway.api.migration.Waiting;
import dev.slipway.backend.migration.profile.Heard;

import org.jspecify.annotations.Nullable;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongSupplier;

/// Tells on standard error how far a look at a source is, and about how long it still takes.
final class InitPrinter implements Heard {
    private static final long EVERY = 2_000_000_000L;
    private static final long ENOUGH = 1_000_000_000L;
    private final PrintWriter err;
    private final LongSupplier nanos;
    private final Printer waits;
    private String what = "";
    private long told;
    private long counted;
    private long begun;
    private boolean begins = true;

    /// @param nanos a clock as [System#nanoTime] is
    InitPrinter(PrintWriter err, LongSupplier nanos) {
        this.err = err;
        this.nanos = nanos;
        this.waits = new Printer(err);
    }

    @Override
    public void at(String now, long done, long all) {
        long at = nanos.getAsLong();
        if (all > 0 && begins) {
            begins = false;
            begun = at;
            counted = done;
        }
        if (!now.equals(what) || at - told > EVERY) {
            what = now;
            told = at;
            err.printf(
                    Locale.ROOT,
                    all == 0 ? "%s: %,d rows so far%n" : "%s: %,d of %,d rows%s%n",
                    all == 0
                            ? new Object[] {now, done}
                            : new Object[] {now, done, all, left(at, done, all)});
            err.flush();
        }
    }

    /// As long as the rest takes at the rate since everything was counted.
    private String left(long at, long done, long all) {
        long took = at - begun;
        if (took < ENOUGH || done <= counted) {
            return "";
        }
        long rest = Math.round((double) took * Math.max(0, all - done) / (done - counted));
        Duration left = Duration.ofNanos(rest);
        return left.toMinutes() > 0
                ? String.format(Locale.ROOT, ", about %,d min to go", left.toMinutes() + 1)
                : String.format(Locale.ROOT, ", about %d s to go", left.toSeconds() + 1);
    }

    @Override
    public void waiting(@Nullable Waiting why) {
        waits.waiting(why);
    }
}
