package dev.slipway.client.offline;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// One observation under way. However often it is told of a change, it reads at most once per pace,
/// and the UI thread never has more than one of its states waiting.
final class Watch<T> implements Subscription {
    private final Query<T> query;
    private final Supplier<LoadState<T>> read;
    private final Consumer<LoadState<T>> consumer;
    private final ScheduledExecutorService readers;
    private final Executor ui;
    private final Consumer<Watch<?>> onClose;
    private final AtomicBoolean due = new AtomicBoolean();
    private final AtomicReference<@Nullable LoadState<T>> waiting = new AtomicReference<>();
    private @Nullable LoadState<T> last;
    private volatile long readAt;
    private volatile boolean closed;

    Watch(
            Query<T> query,
            Supplier<LoadState<T>> read,
            Consumer<LoadState<T>> consumer,
            ScheduledExecutorService readers,
            Executor ui,
            Consumer<Watch<?>> onClose) {
        this.query = query;
        this.read = read;
        this.consumer = consumer;
        this.readers = readers;
        this.ui = ui;
        this.onClose = onClose;
        this.readAt = System.nanoTime() - query.pace().toNanos();
    }

    boolean reads(String topic) {
        return query.topics().contains(topic);
    }

    void changed() {
        if (!closed && due.compareAndSet(false, true)) {
            long wait = readAt + query.pace().toNanos() - System.nanoTime();
            try {
                readers.schedule(this::again, Math.max(0, wait), TimeUnit.NANOSECONDS);
            } catch (RejectedExecutionException e) {
                closed = true;
            }
        }
    }

    private synchronized void again() {
        readAt = System.nanoTime();
        due.set(false);
        if (closed) {
            return;
        }
        LoadState<T> state = read.get();
        if (!state.equals(last)) {
            last = state;
            if (waiting.getAndSet(state) == null) {
                ui.execute(this::deliver);
            }
        }
    }

    private void deliver() {
        LoadState<T> state = waiting.getAndSet(null);
        if (state != null && !closed) {
            consumer.accept(state);
        }
    }

    @Override
    public void close() {
        closed = true;
        onClose.accept(this);
    }
}
