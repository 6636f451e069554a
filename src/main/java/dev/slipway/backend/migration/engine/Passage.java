package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.Pace;
import dev.slipway.api.migration.Waiting;
import dev.slipway.backend.migration.engine.Control.Signal;
import dev.slipway.backend.migration.plan.Throttle;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.throttle.Gate;
import dev.slipway.backend.migration.throttle.Pacer;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// The way to the source. Whoever wants to read passes here first, with no transaction, lock or
/// lease in hand, and may have to wait.
final class Passage {
    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private final Control control;
    private final Gate gate;
    private final Throttle throttle;
    private final Pacer pacer = new Pacer(System::nanoTime);
    private final Listener listener;
    private final Thread own = Thread.currentThread();
    private volatile @Nullable Waiting waiting;
    private boolean told;

    /// Made on the run's own thread.
    Passage(Control control, Gate gate, Throttle throttle, Listener listener) {
        this.control = control;
        this.gate = gate;
        this.throttle = throttle;
        this.listener = listener;
    }

    /// Waits until the next chunk may be read.
    ///
    /// @param noUse whether reading has become of no use meanwhile
    /// @return GO, or why nothing may be read any more
    Signal toChunk(BooleanSupplier noUse, Target target) throws SQLException {
        return pass(noUse, true, target);
    }

    /// Waits until something else may be read.
    ///
    /// @param target in which nothing is held while it waits
    Signal toCheck(Target target) throws SQLException {
        return pass(() -> false, false, target);
    }

    private Signal pass(BooleanSupplier noUse, boolean paced, Target target) throws SQLException {
        Signal now = look(noUse, paced);
        if (now != null) {
            return now;
        }
        target.letGo();
        try {
            while (now == null) {
                if (Thread.currentThread() == own) {
                    tell();
                }
                LockSupport.parkNanos(pause(paced));
                now = Thread.currentThread().isInterrupted() ? Signal.PAUSE : look(noUse, paced);
            }
            return now;
        } finally {
            target.takeUp();
        }
    }

    /// Until the rate allows more, but no longer than may pass before something else is noticed.
    private long pause(boolean paced) {
        long owed = paced ? pacer.nanosToWait(rowsPerSecond()) : 0;
        return owed == 0 ? LOOK_AGAIN_NANOS : Math.min(owed, LOOK_AGAIN_NANOS);
    }

    /// @return what to do, or null for waiting
    private @Nullable Signal look(BooleanSupplier noUse, boolean paced) {
        if (paced && noUse.getAsBoolean()) {
            return Signal.GO;
        }
        Gate.Word word = gate.word();
        // what was copied is checked before a pause, unless that has to wait as well
        boolean asks = paced || word instanceof Gate.Word.Wait;
        Signal signal = asks ? control.signal() : Signal.GO;
        if (signal != Signal.GO) {
            return signal;
        }
        waiting =
                switch (word) {
                    case Gate.Word.Closed closed -> closed.why();
                    case Gate.Word.Wait wait -> wait.why();
                    case Gate.Word.Go _ -> null;
                };
        return switch (word) {
            case Gate.Word.Closed _ -> Signal.CLOSED;
            case Gate.Word.Wait _ -> null;
            case Gate.Word.Go _ ->
                    !paced || pacer.nanosToWait(rowsPerSecond()) == 0 ? Signal.GO : null;
        };
    }

    /// Tells the run's listener whether it waits; called on the run's own thread, now and then.
    void tell() {
        Waiting why = waiting;
        if (why != null || told) {
            listener.waiting(why);
        }
        told = why != null;
    }

    /// Why nothing is read just now, or null.
    @Nullable Waiting waiting() {
        return waiting;
    }

    /// So many rows were read.
    void read(int rows) {
        pacer.read(rows);
    }

    /// @return 0: any
    private int rowsPerSecond() {
        Pace pace = control.pace();
        return pace.rowsPerSecond() > 0 ? pace.rowsPerSecond() : throttle.rowsPerSecond();
    }

    /// How many rows the next chunk may hold: no more than a second's worth of the rate.
    ///
    /// @param planned by the step
    int chunkRows(int planned) {
        Pace pace = control.pace();
        int wanted = pace.chunkRows() > 0 ? pace.chunkRows() : planned;
        int rate = rowsPerSecond();
        return rate == 0 ? wanted : Math.min(wanted, rate);
    }
}
