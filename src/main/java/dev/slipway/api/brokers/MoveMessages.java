package dev.slipway.api.brokers;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Which messages to move back, and how.
///
/// @param fingerprints of those chosen, one for each message; empty for all that lie there when it
///   begins
/// @param perSecond at most so many, 1 to 1000
/// @param despiteLimit move although the queue counts every message that is taken and put back
///   towards its delivery limit; null, as older consoles send it, for no
/// @param reason for the audit log
public record MoveMessages(
        String vhost,
        String queue,
        List<String> fingerprints,
        MoveVia via,
        int perSecond,
        @Nullable Boolean despiteLimit,
        String reason) {

    public MoveMessages {
        fingerprints = List.copyOf(fingerprints);
    }

    /// Whether a delivery limit is to be no hindrance.
    public boolean limitIsMeant() {
        return Boolean.TRUE.equals(despiteLimit);
    }
}
