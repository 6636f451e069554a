package dev.slipway.api.queues;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// How the broker stands that carries the ids of jobs to the workers. While it is away jobs wait in
/// the state database and nothing is lost.
///
/// @param url where it is, without user and password; empty if none is used
/// @param since when it came to stand so
/// @param reason why it is away, or null
/// @param waiting jobs that have come due and were not handed to it yet
/// @param oldestWaiting when the first of them came due, or null if none waits
public record BrokerStatus(
        State state,
        String url,
        Instant since,
        @Nullable String reason,
        long waiting,
        @Nullable Instant oldestWaiting) {

    public enum State {
        /// Workers look for jobs in the state database.
        UNUSED,
        UP,
        AWAY
    }
}
