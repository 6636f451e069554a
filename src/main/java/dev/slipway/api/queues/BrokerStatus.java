package dev.slipway.api.queues;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// How the broker stands that carries the ids of jobs to the workers. While it is away jobs wait in
/// the state database and nothing is lost. On the stream it comes when its state changes alone, and
/// the figures are of that moment.
///
/// @param url where it is, without user and password; empty if none is used
/// @param since when it came to stand so
/// @param reason why it is away, or null if that is not known yet
/// @param waiting jobs that have come due and were not handed to it yet
/// @param oldestWaiting when the first of them came due, or null if none waits
/// @param toldBy the process that found it so: its host and number
/// @param reachedBy while it is away for the process that said so: another one that reaches it, so
///   that jobs come to workers all the same; null if none does
/// @param beside types of job that do not come by it: workers look for them in the state database
/// @param without a process that is configured without it while others use it, or null
/// @param withoutWorks whether that process is a worker and no backend: it looks for jobs in the
///   state database
public record BrokerStatus(
        State state,
        String url,
        Instant since,
        @Nullable String reason,
        long waiting,
        @Nullable Instant oldestWaiting,
        String toldBy,
        @Nullable String reachedBy,
        List<String> beside,
        @Nullable String without,
        boolean withoutWorks) {

    public BrokerStatus {
        beside = List.copyOf(beside);
    }

    public enum State {
        /// Workers look for jobs in the state database.
        UNUSED,
        UP,
        AWAY
    }

    /// Whether jobs of a type can't come to a worker now.
    public boolean keepsFromWorkers(String type) {
        return state == State.AWAY && reachedBy == null && !beside.contains(type);
    }
}
