package dev.slipway.testing;

import javafx.application.Platform;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

/// Measures by the wall clock how long the UI thread leaves waiting what another thread gives it:
/// what a person feels who presses a key. What the machine does to it is left out: for how long it,
/// and what it waits for by its nature (the thread that draws, the JVM's own), had to wait for a
/// processor, and for how long two threads stood still at the same time that have next to nothing
/// to do: the one that gives the beats, and an idle one that gets each of them as well.
public final class UiBeats implements AutoCloseable {
    private static final int EVERY_MILLIS = 3;
    private static final String HEART = "heart-beside-ui";
    private static final String IDLE = "idle-beside-ui";

    private final ScheduledExecutorService heart =
            Executors.newSingleThreadScheduledExecutor(named(HEART));
    private final ExecutorService idle = Executors.newSingleThreadExecutor(named(IDLE));
    private final ProcessorWaits ofJvm = new ProcessorWaits("VM Thread", "GC Thread#");
    private final ProcessorWaits ofToolkit =
            new ProcessorWaits("JavaFX Application Thread", "QuantumRenderer");
    private final ProcessorWaits ofHeart;
    private final ProcessorWaits ofIdle;
    private final List<Wait> ui = new CopyOnWriteArrayList<>();
    private final List<Wait> beside = new CopyOnWriteArrayList<>();
    private Since lastBeat;

    public UiBeats() throws Exception {
        ofHeart = heart.submit(() -> new ProcessorWaits(HEART)).get();
        ofIdle = idle.submit(() -> new ProcessorWaits(IDLE)).get();
        lastBeat = new Since(ofHeart);
        heart.scheduleWithFixedDelay(this::beat, 0, EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    private static ThreadFactory named(String name) {
        return Thread.ofPlatform().name(name).daemon().factory();
    }

    private void beat() {
        beside.add(lastBeat.over(TimeUnit.MILLISECONDS.toNanos(EVERY_MILLIS)));
        // collectors are begun when they are needed
        ofJvm.look();
        var toUi = new Since(ofToolkit);
        Platform.runLater(() -> ui.add(toUi.over(0)));
        var toIdle = new Since(ofIdle);
        idle.execute(() -> beside.add(toIdle.over(0)));
        lastBeat = new Since(ofHeart);
    }

    /// A moment since which something is waited for.
    private final class Since {
        private final ProcessorWaits who;
        private final long queued;
        private final long at;

        /// @param who is to do it
        Since(ProcessorWaits who) {
            this.who = who;
            this.queued = who.nanos() + ofJvm.nanos();
            this.at = System.nanoTime();
        }

        /// @param meant how long was to be waited in any case
        Wait over(long meant) {
            long now = System.nanoTime();
            long forProcessors = who.nanos() + ofJvm.nanos() - queued;
            return new Wait(at, now, now - at - meant - forProcessors);
        }
    }

    /// A wait that is over.
    ///
    /// @param own how long it was besides what was waited for processors
    private record Wait(long from, long to, long own) {
        /// For how long of it the others stood still too.
        long shared(List<Wait> others) {
            long shared = 0;
            long until = from;
            for (Wait other : others) {
                long begin = Math.max(until, other.to - Math.max(0, other.own));
                long end = Math.min(to, other.to);
                if (end > begin) {
                    shared += end - begin;
                    until = end;
                }
            }
            return shared;
        }
    }

    private static Duration longest(List<Wait> waits) {
        return Duration.ofNanos(
                waits.stream().mapToLong(wait -> wait.to - wait.from).max().orElse(0));
    }

    /// How long a beat waited for the UI thread at most.
    public Duration ui() {
        return longest(ui);
    }

    /// How long the threads beside it stood still at most.
    public Duration idle() {
        return longest(beside);
    }

    /// For how long the UI thread itself kept a beat waiting at most.
    public Duration later() {
        List<Wait> others = beside.stream().sorted(Comparator.comparingLong(Wait::to)).toList();
        return Duration.ofNanos(
                ui.stream().mapToLong(wait -> wait.own - wait.shared(others)).max().orElse(0));
    }

    /// Whether the system tells how long a thread waits for a processor: else all that is known is
    /// how those beside it fare.
    public boolean exact() {
        return ofJvm.areKnown() && ofToolkit.areKnown() && ofIdle.areKnown();
    }

    /// How many the UI thread has answered.
    public long number() {
        return ui.size();
    }

    @Override
    public void close() {
        heart.shutdownNow();
        idle.shutdownNow();
    }
}
