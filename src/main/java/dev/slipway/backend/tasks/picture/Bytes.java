package dev.slipway.backend.tasks.picture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// Reads a file's structure. The end of the file where there should be more is a truncated file.
final class Bytes {
    private final InputStream in;

    Bytes(InputStream in) {
        this.in = in;
    }

    int next() throws IOException {
        int value = in.read();
        if (value < 0) {
            throw new EOFException();
        }
        return value;
    }

    /// -1 at the end.
    int nextOrEnd() throws IOException {
        return in.read();
    }

    /// Two bytes, the high one first.
    int two() throws IOException {
        return next() << 8 | next();
    }

    long four() throws IOException {
        return (long) two() << 16 | two();
    }

    int twoLittle() throws IOException {
        return next() | next() << 8;
    }

    byte[] take(int count) throws IOException {
        byte[] bytes = in.readNBytes(count);
        if (bytes.length < count) {
            throw new EOFException();
        }
        return bytes;
    }

    void skip(long count) throws IOException {
        in.skipNBytes(count);
    }
}
