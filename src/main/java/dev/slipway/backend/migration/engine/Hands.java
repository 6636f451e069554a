package dev.slipway.backend.migration.engine;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// The hands of a run: they work on threads of their own and tell the run's own thread what they
/// did. The first one is the run's own pair of connections; it may be used whenever the hands rest.
final class Hands implements AutoCloseable {
    private static final long MEANWHILE_MILLIS = 250;
    private final List<Hand> all = new ArrayList<>();

    /// @param first is not closed here
    Hands(Hand first, int count) throws SQLException {
        all.add(first);
        int most = Math.min(count, first.target.writers());
        try {
            for (int i = 1; i < most; i++) {
                all.add(first.another(i));
            }
        } catch (SQLException e) {
            close();
            throw e;
        }
    }

    Hand first() {
        return all.getFirst();
    }

    Hand last() {
        return all.getLast();
    }

    int count() {
        return all.size();
    }

    /// What a hand does.
    interface Work<T> {
        void on(Hand hand, Told<T> told) throws SQLException;
    }

    /// Where a hand says what it did.
    static final class Told<T> {
        private final BlockingQueue<Object> queue = new LinkedBlockingQueue<>();
        private final AtomicBoolean stopping = new AtomicBoolean();

        void tell(T what) {
            queue.add(Objects.requireNonNull(what));
        }

        /// Whether another hand failed, so that going on is of no use.
        boolean stopping() {
            return stopping.get();
        }
    }

    /// A hand's thread is at its end.
    private record Over(@Nullable Throwable failure) {}

    /// Lets some hands work side by side until all are done.
    ///
    /// @param listener is told on the calling thread
    /// @param meanwhile is done on the calling thread a few times a second
    /// @throws SQLException the first failure of a hand, after all of them have ended
    <T> void each(int count, Work<T> work, Consumer<T> listener, Runnable meanwhile)
            throws SQLException {
        var told = new Told<T>();
        for (int i = 0; i < count; i++) {
            Hand hand = all.get(i);
            Thread.ofPlatform()
                    .name("migration-hand-" + (i + 1))
                    .daemon()
                    .start(() -> told.queue.add(new Over(failure(work, hand, told))));
        }
        Throwable failure = null;
        for (int working = count; working > 0; ) {
            Object what = next(told);
            meanwhile.run();
            if (what == null) {
                continue;
            }
            if (what instanceof Over over) {
                working--;
                failure = failure == null ? over.failure() : failure;
            } else {
                @SuppressWarnings("unchecked")
                T done = (T) what;
                listener.accept(done);
            }
        }
        rethrow(failure);
    }

    private static <T> @Nullable Throwable failure(Work<T> work, Hand hand, Told<T> told) {
        try {
            work.on(hand, told);
            return null;
        } catch (SQLException | RuntimeException | Error e) {
            told.stopping.set(true);
            return e;
        }
    }

    private static @Nullable Object next(Told<?> told) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return told.queue.poll(MEANWHILE_MILLIS, TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    // the hands end their chunks first
                    interrupted = true;
                    told.stopping.set(true);
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static void rethrow(@Nullable Throwable failure) throws SQLException {
        switch (failure) {
            case null -> {}
            case SQLException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            default -> throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() throws SQLException {
        for (Hand hand : all.subList(1, all.size())) {
            hand.close();
        }
    }
}
