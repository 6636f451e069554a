package dev.slipway.backend.metrics;

import org.HdrHistogram.Histogram;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/// The samples of one window that moves with time: what comes is added, what leaves is taken out,
/// so a move costs as much as what moved and not as much as the window holds.
final class RollingWindow {
    private final Deque<Sample> samples = new ArrayDeque<>();
    private final Merged merged = new Merged();

    void add(Sample sample, Histogram decoded) {
        samples.addLast(sample);
        merged.add(sample, decoded);
    }

    /// Lets go what began before.
    ///
    /// @return whether anything left
    boolean startAt(Instant start) {
        boolean left = false;
        while (!samples.isEmpty() && samples.getFirst().from().isBefore(start)) {
            Sample gone = samples.removeFirst();
            merged.remove(gone, gone.decoded());
            left = true;
        }
        return left;
    }

    Merged merged() {
        return merged;
    }
}
