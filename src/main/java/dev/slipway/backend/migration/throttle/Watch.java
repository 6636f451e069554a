package dev.slipway.backend.migration.throttle;

import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Measures a gauge again and again on a thread of its own, so that a figure that does not come
/// keeps no one from seeing that it does not come.
final class Watch implements AutoCloseable {
    private static final long EVERY_MILLIS = 500;
    private static final System.Logger LOG = System.getLogger(Watch.class.getName());

    private final Ceiling ceiling;
    private final Gauge gauge;
    private final InstantSource clock;
    private final CountDownLatch over = new CountDownLatch(1);

    Watch(Ceiling ceiling, Gauge gauge, InstantSource clock) {
        this.ceiling = ceiling;
        this.gauge = gauge;
        this.clock = clock;
    }

    Watch start() {
        Thread.ofVirtual().name("migration-gauge").start(this::watch);
        return this;
    }

    Ceiling ceiling() {
        return ceiling;
    }

    private void watch() {
        try (gauge) {
            do {
                measure();
            } while (!over.await(EVERY_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void measure() {
        try {
            ceiling.measured(clock.instant(), gauge.read());
        } catch (Gauge.Unknown e) {
            ceiling.unknown(clock.instant(), String.valueOf(e.getMessage()));
        } catch (SQLException | IOException e) {
            ceiling.unknown(clock.instant(), "it could not be asked: " + e.getMessage());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "a gauge failed", e);
            ceiling.unknown(clock.instant(), "it could not be asked: " + e);
        }
    }

    @Override
    public void close() {
        over.countDown();
    }
}
