package dev.slipway.testing;

import javafx.application.Platform;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/// Measures by the wall clock how long the UI thread leaves waiting what another thread gives it:
/// what a person feels who presses a key. Each beat goes to an idle thread as well, so that it is
/// known what this machine does to a thread that has nothing to do.
public final class UiBeats implements AutoCloseable {
    private static final int EVERY_MILLIS = 5;

    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
    private final ExecutorService idle = Executors.newSingleThreadExecutor();
    private final AtomicLong ui = new AtomicLong();
    private final AtomicLong control = new AtomicLong();
    private final AtomicLong later = new AtomicLong();
    private final AtomicLong beats = new AtomicLong();

    public UiBeats() {
        heart.scheduleWithFixedDelay(this::beat, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private void beat() {
        var beat = new Beat(System.nanoTime());
        Platform.runLater(() -> beat.onUi(waited(beat)));
        idle.execute(() -> beat.onIdle(waited(beat)));
    }

    private static long waited(Beat beat) {
        return System.nanoTime() - beat.at;
    }

    private static void longest(AtomicLong most, long nanos) {
        most.accumulateAndGet(nanos, Math::max);
    }

    /// Given to both threads at one moment.
    private final class Beat {
        private final long at;
        private int ended;
        private long difference;

        Beat(long at) {
            this.at = at;
        }

        void onUi(long waited) {
            longest(ui, waited);
            beats.incrementAndGet();
            ends(waited);
        }

        void onIdle(long waited) {
            longest(control, waited);
            ends(-waited);
        }

        private synchronized void ends(long nanos) {
            difference += nanos;
            ended++;
            if (ended == 2) {
                longest(later, difference);
            }
        }
    }

    /// How long a beat waited for the UI thread at most.
    public Duration ui() {
        return Duration.ofNanos(ui.get());
    }

    /// How long a beat waited for a thread with nothing to do at most.
    public Duration idle() {
        return Duration.ofNanos(control.get());
    }

    /// By how much the UI thread was later with a beat than an idle one with the same beat.
    public Duration later() {
        return Duration.ofNanos(later.get());
    }

    /// How many the UI thread has answered.
    public long number() {
        return beats.get();
    }

    @Override
    public void close() {
        heart.shutdownNow();
        idle.shutdownNow();
    }
}
