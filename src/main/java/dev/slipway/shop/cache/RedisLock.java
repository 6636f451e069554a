package dev.slipway.shop.cache;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/// The lock of one question, held by the process that works it out. It saves work and guards
/// nothing: it ends by itself, and whoever waited long enough works the answer out too.
final class RedisLock {
    private static final Duration HELD_AT_MOST = Duration.ofSeconds(5);
    private static final Duration WAITED_AT_MOST = Duration.ofSeconds(3);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(10);

    private final RedisLink link;
    private final RedisShelf shelf;
    private final String question;
    private final long generation;
    private final byte[] token = RedisShelf.token();
    private boolean held;

    RedisLock(RedisLink link, RedisShelf shelf, String question, long generation) {
        this.link = link;
        this.shelf = shelf;
        this.question = question;
        this.generation = generation;
    }

    boolean take() {
        held = link.ask(client -> shelf.lock(client, question, token, HELD_AT_MOST)).orElse(false);
        return held;
    }

    /// The answer that another process worked out; empty if the caller is to do it, with the lock
    /// or because it could not be had.
    Optional<byte[]> takeOrWait() {
        long deadline = System.nanoTime() + WAITED_AT_MOST.toNanos();
        while (System.nanoTime() < deadline) {
            boolean mine = take();
            Optional<RedisShelf.Seen> seen = link.ask(client -> shelf.look(client, question));
            if (seen.isEmpty()) {
                return Optional.empty();
            }
            // one that was forgotten meanwhile is not what was asked for
            if (seen.get().generation() == generation && seen.get().answer().isPresent()) {
                release();
                return seen.get().answer();
            }
            if (mine || seen.get().generation() != generation) {
                return Optional.empty();
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos());
        }
        return Optional.empty();
    }

    void release() {
        if (held) {
            held = false;
            link.ask(client -> shelf.release(client, question, token));
        }
    }
}
