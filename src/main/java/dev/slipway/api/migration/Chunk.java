package dev.slipway.api.migration;

/// A key range of a step, moved in one target transaction.
///
/// @param from first key, inclusive
/// @param to last key, inclusive
/// @param done whether it stands in the target
public record Chunk(
        String runId,
        String step,
        int number,
        String from,
        String to,
        boolean done,
        long read,
        long written,
        long merged,
        long quarantined,
        long skipped,
        String checksum,
        double seconds) {

    /// Names the chunk among its kind.
    public String id() {
        return runId + "|" + step + "|" + number;
    }
}
