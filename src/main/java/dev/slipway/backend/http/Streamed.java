package dev.slipway.backend.http;

import java.io.IOException;
import java.io.OutputStream;

/// The body of an [Answer] that is written piece by piece. Only for `GET`.
@FunctionalInterface
public interface Streamed {
    /// Writes until there is no more to say. Each flush is sent at once.
    ///
    /// @throws IOException when the client is gone
    void writeTo(OutputStream out) throws IOException, InterruptedException;
}
