package dev.slipway.backend.queues.dispatch;

import org.jspecify.annotations.Nullable;

import java.time.Duration;

/// What a broker brings to one worker.
public interface Deliveries extends AutoCloseable {
    /// The next one, the higher priority first; null if none came in time.
    @Nullable Delivery next(Duration wait) throws InterruptedException;

    /// Brings no more; what was brought and not answered goes to others.
    @Override
    void close();
}
