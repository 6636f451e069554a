package dev.slipway.api.queues;

import java.util.List;

/// What a repair would take.
///
/// @param searched failed jobs looked at so far while it counts
/// @param total how many match, exactly; while it counts, those found so far
/// @param samples up to five of them, those that failed last first
/// @param untouched what matches otherwise and is left alone, and why
public record RepairPreview(
        long searched, long total, List<Job> samples, List<Untouched> untouched) {
    /// Nothing has been counted.
    public static final RepairPreview NONE = new RepairPreview(0, 0, List.of(), List.of());

    public RepairPreview {
        samples = List.copyOf(samples);
        untouched = List.copyOf(untouched);
    }
}
