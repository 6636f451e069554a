package dev.slipway.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands still until it is told to go on, or one that goes as time does and may be
/// told to hurry.
public final class TestClock implements InstantSource {
    private final AtomicReference<Instant> now;
    private final boolean flows;
    private final long begun = System.nanoTime();

    public TestClock(Instant start) {
        this(start, false);
    }

    private TestClock(Instant start, boolean flows) {
        this.now = new AtomicReference<>(start);
        this.flows = flows;
    }

    /// Goes on by itself.
    public static TestClock flowing(Instant start) {
        return new TestClock(start, true);
    }

    @Override
    public Instant instant() {
        return now.get().plusMillis(passed());
    }

    private long passed() {
        return flows ? TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun) : 0;
    }

    /// Puts it where it is told, also back.
    public void set(Instant at) {
        now.set(at.minusMillis(passed()));
    }

    public void forward(Duration by) {
        now.updateAndGet(at -> at.plus(by));
    }
}
