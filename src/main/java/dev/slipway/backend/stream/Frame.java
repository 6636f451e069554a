package dev.slipway.backend.stream;

import java.nio.charset.StandardCharsets;

/// One server-sent event, ready to be written; all listeners share its bytes.
///
/// @param seq the event's place in the log, or 0 if it stands in none
record Frame(long seq, byte[] bytes) {

    /// An event that stands in the log.
    static Frame logged(String id, long seq, String event, String data) {
        return new Frame(
                seq,
                ("id: " + id + "\nevent: " + event + "\ndata: " + data + "\n\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    /// An event that no one can come back to. The data are JSON on one line.
    static Frame passing(String event, String data) {
        return new Frame(
                0,
                ("event: " + event + "\ndata: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
    }
}
