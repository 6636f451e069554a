package dev.slipway.api.migration;

/// A step of a run. Always `read = written + merged + quarantined + skipped`, or the run has
/// stopped.
///
/// @param rows rows that the source held when the step began; 0 before that
/// @param checksum of the rows written, order-independent, hexadecimal; empty before the first
///   chunk
/// @param seconds spent on it
/// @param longestReadMillis how long the longest read of a chunk took: so long at most was a table
///   of an engine that locks whole tables held
/// @param longestCheckMillis the same of the reads for its validation
public record StepProgress(
        String name,
        StepState state,
        long rows,
        long read,
        long written,
        long merged,
        long quarantined,
        long skipped,
        int chunksDone,
        int chunks,
        String checksum,
        double seconds,
        long longestReadMillis,
        long longestCheckMillis) {
    /// The same in another state.
    public StepProgress in(StepState now) {
        return new StepProgress(
                name,
                now,
                rows,
                read,
                written,
                merged,
                quarantined,
                skipped,
                chunksDone,
                chunks,
                checksum,
                seconds,
                longestReadMillis,
                longestCheckMillis);
    }
}
