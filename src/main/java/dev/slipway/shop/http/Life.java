package dev.slipway.shop.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// The life of a server process: it says that it is ready, and ends by a signal or with its parent.
public final class Life {
    private static final int SECONDS_TO_CLOSE = 5;

    private final CountDownLatch over = new CountDownLatch(1);

    /// Ends this life when standard input comes to its end, as it does whenever the parent is gone,
    /// however it died.
    public void endWith(InputStream parent) {
        Thread.ofPlatform()
                .name("parent-watch")
                .daemon()
                .start(
                        () -> {
                            try {
                                parent.transferTo(java.io.OutputStream.nullOutputStream());
                            } catch (IOException e) {
                                // a pipe that broke means the same as one that ended
                            }
                            over.countDown();
                        });
    }

    /// Serves until the end: prints the ready line, waits, and closes the server. A server that
    /// doesn't close in a few seconds is left to the end of the process.
    public void serve(PrintStream out, String ready, AutoCloseable server)
            throws InterruptedException {
        var closed = new CountDownLatch(1);
        var hook =
                Thread.ofPlatform()
                        .name("shutdown")
                        .unstarted(
                                () -> {
                                    over.countDown();
                                    await(closed);
                                });
        Runtime.getRuntime().addShutdownHook(hook);
        out.println(ready);
        out.flush();
        over.await();
        Thread closer =
                Thread.ofPlatform()
                        .name("close")
                        .daemon()
                        .start(
                                () -> {
                                    try {
                                        server.close();
                                    } catch (Exception e) {
                                        System.getLogger(Life.class.getName())
                                                .log(System.Logger.Level.WARNING, "closing", e);
                                    }
                                });
        closer.join(TimeUnit.SECONDS.toMillis(SECONDS_TO_CLOSE));
        closed.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            if (!latch.await(SECONDS_TO_CLOSE + 1L, TimeUnit.SECONDS)) {
                Runtime.getRuntime().halt(1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
