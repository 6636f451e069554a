package dev.slipway.api.brokers;

import java.util.List;

/// Which messages to move back, and how.
///
/// @param fingerprints of those chosen, one for each message; empty for all that lie there when it
///   begins
/// @param perSecond at most so many, 1 to 1000
/// @param reason for the audit log
public record MoveMessages(
        String vhost,
        String queue,
        List<String> fingerprints,
        MoveVia via,
        int perSecond,
        String reason) {

    public MoveMessages {
        fingerprints = List.copyOf(fingerprints);
    }
}
