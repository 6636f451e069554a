package dev.slipway.backend.stream;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A client's place in the stream: a bounded buffer between those who push, who never wait, and the
/// client's own thread. One that is too slow is dropped, and its thread freed even if it hangs in a
/// write; the client comes back with `Last-Event-ID`.
final class Listener {
    static final int MAX_FRAMES = 4_096;
    static final long MAX_BYTES = 4L << 20;

    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final ArrayDeque<Frame> frames = new ArrayDeque<>();
    private long bytes;
    private boolean dropped;
    private boolean left;

    /// @param thread the client's thread
    Listener(Thread thread) {
        this.thread = thread;
    }

    /// Takes a frame, or drops the client if it has too many to read.
    ///
    /// @return false if the client is dropped
    boolean offer(Frame frame) {
        lock.lock();
        try {
            if (frames.size() >= MAX_FRAMES || bytes + frame.bytes().length > MAX_BYTES) {
                dropUnderLock();
            }
            if (!dropped) {
                frames.add(frame);
                bytes += frame.bytes().length;
                more.signal();
            }
            return !dropped;
        } finally {
            lock.unlock();
        }
    }

    /// The next frame, or null when none came in time.
    ///
    /// @throws InterruptedException when the client was dropped
    @Nullable Frame next(long nanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long rest = nanos;
            while (frames.isEmpty() && rest > 0) {
                rest = more.awaitNanos(rest);
            }
            Frame frame = frames.poll();
            if (frame != null) {
                bytes -= frame.bytes().length;
            }
            return frame;
        } finally {
            lock.unlock();
        }
    }

    /// Ends the client's connection; an interrupt closes a socket that a virtual thread writes to.
    void drop() {
        lock.lock();
        try {
            dropUnderLock();
        } finally {
            lock.unlock();
        }
    }

    /// Called by the client's thread when it is done: nobody interrupts it from here on.
    void leave() {
        lock.lock();
        try {
            left = true;
        } finally {
            lock.unlock();
        }
    }

    private void dropUnderLock() {
        if (!dropped && !left) {
            thread.interrupt();
        }
        dropped = true;
        frames.clear();
        bytes = 0;
    }
}
