package dev.slipway.testing;

import javafx.application.Platform;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/// Measures for how long the UI thread is kept busy at a stretch: what a person feels as a window
/// that does not answer. It counts the thread's own CPU time between two turns of its queue, so
/// that a busy machine does not count.
public final class UiGaps implements AutoCloseable {
    private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    private final long ui;
    private volatile boolean on = true;
    private long last;
    private volatile long longest;
    private volatile long turns;

    private UiGaps(long ui) {
        this.ui = ui;
    }

    public static UiGaps begin() throws Exception {
        var gaps = new UiGaps(ConsoleHarness.onUi(() -> Thread.currentThread().threadId()));
        ConsoleHarness.run(
                () -> {
                    gaps.last = gaps.busy();
                    Platform.runLater(gaps::turn);
                });
        return gaps;
    }

    private void turn() {
        long now = busy();
        longest = Math.max(longest, now - last);
        last = now;
        turns++;
        if (on) {
            Platform.runLater(this::turn);
        }
    }

    private long busy() {
        return threads.getThreadCpuTime(ui);
    }

    /// The longest stretch so far.
    public Duration longest() {
        return Duration.ofNanos(longest);
    }

    public long turns() {
        return turns;
    }

    /// Forgets what was measured so far.
    public void anew() throws Exception {
        ConsoleHarness.run(
                () -> {
                    longest = 0;
                    turns = 0;
                });
    }

    @Override
    public void close() {
        on = false;
    }
}
