package dev.slipway.backend.migration.plan;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// How much a run may ask of the source while others use it.
///
/// @param threadsRunning the most `Threads_running` of the source; 0: any
/// @param replicaLag the most that a replica may be behind; null: any
/// @param replicas where the lag is asked: names of configured databases or JDBC URLs; empty: the
///   source itself is a replica
/// @param pageP95 the most that 95 of 100 of the shop's pages may take; null: any
/// @param pages addresses that are asked for it; empty: the backend's own measurements tell
/// @param rowsPerSecond the most rows read; 0: any
/// @param longestRead how long one read of a chunk may take: what takes longer makes the following
///   chunks smaller
public record Throttle(
        int threadsRunning,
        @Nullable Duration replicaLag,
        List<String> replicas,
        @Nullable Duration pageP95,
        List<String> pages,
        int rowsPerSecond,
        Duration longestRead) {
    public static final Duration LONGEST_READ = Duration.ofMillis(500);

    /// Nothing but short reads.
    public static final Throttle NONE =
            new Throttle(0, null, List.of(), null, List.of(), 0, LONGEST_READ);

    public Throttle {
        replicas = List.copyOf(replicas);
        pages = List.copyOf(pages);
    }

    /// As a person reads it.
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        if (threadsRunning > 0) {
            parts.add("Threads_running ≤ " + threadsRunning);
        }
        if (replicaLag != null) {
            parts.add("replica lag ≤ " + Durations.text(replicaLag));
        }
        if (pageP95 != null) {
            parts.add("page p95 ≤ " + Durations.text(pageP95));
        }
        if (rowsPerSecond > 0) {
            parts.add(String.format(Locale.ROOT, "%,d rows/s", rowsPerSecond));
        }
        parts.add("reads ≤ " + Durations.text(longestRead));
        return String.join(", ", parts);
    }
}
