package dev.slipway.backend.rounds;

import static java.lang.System.Logger.Level.ERROR;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Work that comes round again and again, all of it on one thread of its own. A round that fails is
/// logged, and the next one comes all the same.
public final class Rounds implements AutoCloseable {
    private final System.Logger log;
    private final ScheduledExecutorService timer;

    /// @param owner in whose name faults are logged
    /// @param thread what the thread is called
    public Rounds(Class<?> owner, String thread) {
        this.log = System.getLogger(owner.getName());
        this.timer =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name(thread).daemon().factory());
    }

    /// A round. It ends when it is interrupted.
    @FunctionalInterface
    public interface Round {
        void go() throws Exception;
    }

    /// Does it once, before what is asked for next.
    ///
    /// @param fault what is logged if it fails
    public void once(String fault, Round round) {
        timer.execute(() -> go(fault, round));
    }

    /// Begins at once.
    ///
    /// @param pause from the end of a round to the beginning of the next
    /// @param fault what is logged of a round that failed
    public void every(Duration pause, String fault, Round round) {
        every(Duration.ZERO, pause, fault, round);
    }

    /// @param first how long until it begins
    /// @param pause from the end of a round to the beginning of the next
    /// @param fault what is logged of a round that failed
    public void every(Duration first, Duration pause, String fault, Round round) {
        timer.scheduleWithFixedDelay(
                () -> go(fault, round), first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void go(String fault, Round round) {
        try {
            round.go();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Throwable e) { // the loop's boundary: it must come round again, whatever it was
            log.log(ERROR, fault, e);
        }
    }

    /// Whether no further round begins.
    public boolean ending() {
        return timer.isShutdown();
    }

    /// Waits for the round that is on: what it works at is closed next.
    @Override
    public void close() {
        timer.close();
    }

    /// Breaks off the round that is on.
    public void breakOff() {
        timer.shutdownNow();
    }
}
