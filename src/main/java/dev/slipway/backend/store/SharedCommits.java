package dev.slipway.backend.store;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/// One writer at a time, whose threads share commits (group commit): who is done while others wait
/// for their turn leaves the commit to them, so that the disk is synced once for all. Nobody
/// returns before what it wrote is durable, and a write that fails takes none of the others with
/// it.
final class SharedCommits implements AutoCloseable {
    private static final int MOST = 64;

    /// Other processes wait meanwhile.
    private static final Duration AT_MOST = Duration.ofMillis(50);

    private static final Duration LOOK_AGAIN = Duration.ofMillis(100);

    private final Jdbi jdbi;
    private final Duration patience;
    private final Duration atMost;
    private final ReentrantLock turn;
    private boolean closed;
    private @Nullable Handle kept;
    private @Nullable Shared open;

    /// @param patience how long a write waits for its turn
    SharedCommits(Jdbi jdbi, Duration patience) {
        this(jdbi, patience, AT_MOST, new ReentrantLock(true));
    }

    /// @param atMost how long a transaction takes more writes
    /// @param turn whose it is to write
    SharedCommits(Jdbi jdbi, Duration patience, Duration atMost, ReentrantLock turn) {
        this.jdbi = jdbi;
        this.patience = patience;
        this.atMost = atMost;
        this.turn = turn;
    }

    /// @throws IllegalStateException if it is called within a write, or its turn does not come
    <T, X extends Exception> T write(HandleCallback<T, X> work) throws X {
        takeTurn();
        Shared shared;
        T result;
        try {
            shared = open == null ? new Shared(handle()) : open;
            open = null;
            try {
                result = shared.add(work);
            } finally {
                leave(shared);
            }
        } finally {
            turn.unlock();
        }
        await(shared);
        return result;
    }

    /// One connection for all, until it fails.
    private Handle handle() {
        if (closed) {
            throw new IllegalStateException("the state database is closed");
        }
        Handle known = kept;
        if (known != null && !known.isClosed()) {
            return known;
        }
        Handle fresh = jdbi.open();
        kept = fresh;
        return fresh;
    }

    /// Waits for the one whose turn it is, and commits what it may have left to this thread.
    @Override
    public void close() {
        turn.lock();
        try {
            closed = true;
            Shared left = open;
            open = null;
            if (left != null) {
                left.commit();
            }
            Handle known = kept;
            if (known != null) {
                known.close();
            }
        } finally {
            turn.unlock();
        }
    }

    /// How many wait for their turn.
    int waiting() {
        return turn.getQueueLength();
    }

    private void takeTurn() {
        if (turn.isHeldByCurrentThread()) {
            throw new IllegalStateException("a write within a write");
        }
        try {
            if (!turn.tryLock(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new IllegalStateException("other writes took longer than " + patience);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted before a write", e);
        }
    }

    /// To be called by the one whose turn it is.
    private void leave(Shared shared) {
        if (turn.hasQueuedThreads() && shared.takesMore(atMost)) {
            open = shared;
        } else {
            shared.commit();
        }
    }

    /// Whoever waited may have lost patience in the moment in which the commit was left to it.
    private void await(Shared shared) {
        while (!shared.kept(LOOK_AGAIN)) {
            if (turn.tryLock()) {
                try {
                    if (open == shared) {
                        open = null;
                        shared.commit();
                    }
                } finally {
                    turn.unlock();
                }
            }
        }
    }

    /// A transaction of several writes.
    private static final class Shared {
        private final Handle handle;
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile @Nullable RuntimeException failure;
        private final long since = System.nanoTime();
        private int tried;
        private int writes;

        Shared(Handle handle) {
            this.handle = handle;
            try {
                handle.begin();
            } catch (RuntimeException e) {
                // the driver thinks by now that it has begun
                giveUp(e);
                throw e;
            }
        }

        boolean takesMore(Duration atMost) {
            return writes > 0
                    && tried < MOST
                    && System.nanoTime() - since < atMost.toNanos()
                    && !isEnded();
        }

        private boolean isEnded() {
            return ended.getCount() == 0;
        }

        <T, X extends Exception> T add(HandleCallback<T, X> work) throws X {
            String before = "write" + writes;
            boolean first = writes == 0;
            boolean stands = false;
            tried++;
            try {
                if (!first) {
                    handle.savepoint(before);
                }
                T result = work.withHandle(handle);
                if (!first) {
                    handle.releaseSavepoint(before);
                }
                stands = true;
                writes++;
                return result;
            } finally {
                if (!stands) {
                    undo(first ? null : before);
                }
            }
        }

        /// @param to the savepoint, or null if there is no other write to keep
        private void undo(@Nullable String to) {
            try {
                if (to == null) {
                    end(handle::rollback);
                } else {
                    handle.rollbackToSavepoint(to);
                }
            } catch (RuntimeException e) {
                // SQLite undoes all of a transaction itself when the disk is full
                end(
                        () -> {
                            throw e;
                        });
            }
        }

        void commit() {
            if (!isEnded()) {
                end(handle::commit);
            }
        }

        /// Tells everyone who waits how it ended.
        private void end(Runnable how) {
            try {
                how.run();
            } catch (RuntimeException | Error e) {
                failure = e instanceof RuntimeException known ? known : new RuntimeException(e);
                giveUp(e);
            } finally {
                ended.countDown();
            }
        }

        /// Nothing is known of the connection's state.
        private void giveUp(Throwable cause) {
            try {
                handle.close();
            } catch (RuntimeException e) {
                cause.addSuppressed(e);
            }
        }

        /// Whether it is kept by now; waits a while.
        ///
        /// @throws RuntimeException what kept it from being committed
        boolean kept(Duration wait) {
            boolean done = uninterruptibly(wait);
            RuntimeException why = failure;
            if (done && why != null) {
                throw why;
            }
            return done;
        }

        /// The write is under way and its outcome must be known, whoever wants the thread to stop.
        private boolean uninterruptibly(Duration wait) {
            boolean interrupted = false;
            try {
                while (true) {
                    try {
                        return ended.await(wait.toMillis(), TimeUnit.MILLISECONDS);
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
