package dev.slipway.shop.cache;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/// Has one asker of this process do a piece of work that several want, and renews answers behind
/// those who ask.
final class Flights {
    private static final Logger LOG = System.getLogger(Flights.class.getName());

    /// Renewals at a time: they compete with the pages for the database.
    private static final int RENEWALS = 4;

    private final Map<Object, CompletableFuture<byte[]>> flying = new ConcurrentHashMap<>();
    private final Map<Object, Boolean> renewing = new ConcurrentHashMap<>();
    private final Semaphore free = new Semaphore(RENEWALS);

    /// Does it, or waits for the one who does.
    byte[] fly(Object key, Supplier<byte[]> work) {
        var mine = new CompletableFuture<byte[]>();
        CompletableFuture<byte[]> other = flying.putIfAbsent(key, mine);
        if (other != null) {
            return join(other);
        }
        try {
            byte[] answer = work.get();
            mine.complete(answer);
            return answer;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            flying.remove(key, mine);
        }
    }

    private static byte[] join(CompletableFuture<byte[]> other) {
        try {
            return other.join();
        } catch (CompletionException e) {
            switch (e.getCause()) {
                case RuntimeException cause -> throw cause;
                case Error cause -> throw cause;
                case null, default -> throw e;
            }
        }
    }

    /// Does it on a thread of its own, unless the same is being done or too much else is: whoever
    /// asks next tries again.
    void renew(Object key, Runnable work) {
        if (renewing.putIfAbsent(key, true) != null) {
            return;
        }
        if (!free.tryAcquire()) {
            renewing.remove(key);
            return;
        }
        Thread.ofVirtual().name("cache-renewal").start(() -> renewed(key, work));
    }

    private void renewed(Object key, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.log(Level.DEBUG, () -> "an answer could not be renewed: " + e);
        } finally {
            free.release();
            renewing.remove(key);
        }
    }
}
