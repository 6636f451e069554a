package dev.slipway.api.tasks;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// Workers that the backend starts when jobs wait, and that end by themselves when there is nothing
/// left to do.
///
/// @param types of the jobs that they run
/// @param atMost so many at once
/// @param idleSeconds after so long without a job one ends
/// @param running those there are now
/// @param failures how many in a row ended badly
/// @param nextStart not before this is another one started; null if nothing holds it back
/// @param trouble why none is started, or null
/// @param at when this was so
public record WorkerPool(
        List<String> types,
        int atMost,
        int idleSeconds,
        List<Running> running,
        int failures,
        @Nullable Instant nextStart,
        @Nullable String trouble,
        Instant at) {

    public WorkerPool {
        types = List.copyOf(types);
        running = List.copyOf(running);
    }

    /// A worker that was started on demand.
    public record Running(long pid, Instant startedAt) {}
}
