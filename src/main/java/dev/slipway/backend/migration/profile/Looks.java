package dev.slipway.backend.migration.profile;

import dev.slipway.api.migration.Waiting;
import dev.slipway.backend.migration.source.KeyRange;
import dev.slipway.backend.migration.source.Reading;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.throttle.Bite;
import dev.slipway.backend.migration.throttle.Gate;
import dev.slipway.backend.migration.throttle.Pacer;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// The way to a source that is only looked at: one read at a time, each when the gate and the rate
/// let it, and the longest is known.
final class Looks {
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private final Source source;
    private final Gate gate;
    private final int rowsPerSecond;
    private final Consumer<@Nullable Waiting> waits;
    private final Pacer pacer = new Pacer(System::nanoTime);
    private boolean waiting;
    private LongestRead longest = new LongestRead("nothing", Duration.ZERO);

    /// @param rowsPerSecond 0: any
    /// @param waits hears again and again why it waits, and null when it goes on
    Looks(Source source, Gate gate, int rowsPerSecond, Consumer<@Nullable Waiting> waits) {
        this.source = source;
        this.gate = gate;
        this.rowsPerSecond = rowsPerSecond;
        this.waits = waits;
    }

    /// What is asked of a source.
    interface Look<T> {
        T at(Source source) throws SQLException;
    }

    /// Asks when it may.
    ///
    /// @param what for a person: `the keys of orders`
    <T> T one(String what, Look<T> look) throws SQLException {
        pass();
        long begun = System.nanoTime();
        try {
            return look.at(source);
        } finally {
            took(what, System.nanoTime() - begun);
        }
    }

    /// Reads the next rows after a key: no more than were read in a short time before, nor than the
    /// rate lets in a second.
    ///
    /// @param most rows that are wanted
    List<@Nullable String[]> rows(
            String what, Reading reading, List<String> after, int most, Bite bite)
            throws SQLException {
        pass();
        int limit = limit(most, bite);
        long begun = System.nanoTime();
        var some = source.read(reading, new KeyRange(after, List.of()), limit);
        long nanos = System.nanoTime() - begun;
        took(what, nanos);
        bite.took(some.size(), nanos);
        pacer.read(some.size());
        return some;
    }

    private int limit(int most, Bite bite) {
        int rows = bite.rows(most);
        return rowsPerSecond == 0 ? rows : Math.min(rows, rowsPerSecond);
    }

    /// The read that took longest so far.
    LongestRead longest() {
        return longest;
    }

    private void took(String what, long nanos) {
        if (nanos > longest.took().toNanos()) {
            longest = new LongestRead(what, Duration.ofNanos(nanos));
        }
    }

    private void pass() throws SQLException {
        for (Waiting why = why(); why != null; why = why()) {
            waiting = true;
            waits.accept(why);
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            stopIfInterrupted();
        }
        if (waiting) {
            waiting = false;
            waits.accept(null);
        }
        long owed = pacer.nanosToWait(rowsPerSecond);
        while (owed > 0) {
            LockSupport.parkNanos(owed);
            stopIfInterrupted();
            owed = pacer.nanosToWait(rowsPerSecond);
        }
    }

    private @Nullable Waiting why() {
        return switch (gate.word()) {
            case Gate.Word.Closed closed -> closed.why();
            case Gate.Word.Wait wait -> wait.why();
            case Gate.Word.Go _ -> null;
        };
    }

    private static void stopIfInterrupted() throws SQLException {
        if (Thread.currentThread().isInterrupted()) {
            throw new SQLException("it was interrupted while it waited to be read");
        }
    }
}
