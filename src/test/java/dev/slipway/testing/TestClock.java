package dev.slipway.testing;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;

/// A clock that stands still until it is told to go on.
public final class TestClock implements InstantSource {
    private final AtomicReference<Instant> now;

    public TestClock(Instant start) {
        now = new AtomicReference<>(start);
    }

    @Override
    public Instant instant() {
        return now.get();
    }

    /// Puts it where it is told, also back.
    public void set(Instant at) {
        now.set(at);
    }

    public void forward(Duration by) {
        now.updateAndGet(at -> at.plus(by));
    }
}
