package dev.slipway.backend.http;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.function.LongSupplier;

/// Reads for a limited time in all. A time limit of the socket starts again with each byte: whoever
/// sends one now and then holds what is held for him for as long as he likes.
final class Hurried extends FilterInputStream {
    private final LongSupplier nanos;
    private final long until;

    /// The time is over.
    static final class Late extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /// @param nanos as [System#nanoTime()]
    Hurried(InputStream in, Duration patience, LongSupplier nanos) {
        super(in);
        this.nanos = nanos;
        this.until = nanos.getAsLong() + patience.toNanos();
    }

    @Override
    public int read() throws IOException {
        check();
        return super.read();
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
        check();
        return super.read(bytes, from, length);
    }

    private void check() throws Late {
        if (nanos.getAsLong() - until > 0) {
            throw new Late();
        }
    }
}
