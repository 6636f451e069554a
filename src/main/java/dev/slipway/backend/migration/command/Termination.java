package dev.slipway.backend.migration.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Lets what this process is at come to its end when it is told to terminate.
final class Termination implements AutoCloseable {
    private static final int SECONDS = 20;
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread hook;

    private Termination(Runnable end) {
        this.hook =
                Thread.ofPlatform()
                        .name("termination")
                        .unstarted(
                                () -> {
                                    end.run();
                                    await();
                                });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /// @param end is called on termination; the process then waits until this is closed
    static Termination calls(Runnable end) {
        return new Termination(end);
    }

    private void await() {
        try {
            over.await(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        over.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // the process is terminating: the hook is what waited for this
        }
    }
}
