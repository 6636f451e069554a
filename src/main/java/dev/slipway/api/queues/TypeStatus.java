package dev.slipway.api.queues;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// A type of job at a glance.
///
/// @param queues where jobs of the type have been
/// @param running how many run at this moment, over all workers
/// @param most how many may run at once, or null if there is no limit
/// @param oldestReady when the job of the type that waits longest became ready, or null if none
///   waits
public record TypeStatus(
        String type,
        List<String> queues,
        long running,
        @Nullable Integer most,
        @Nullable Instant oldestReady) {

    public TypeStatus {
        queues = List.copyOf(queues);
    }

    /// Whether no further job may start now because of the limit.
    public boolean full() {
        return most != null && running >= most;
    }
}
