package dev.slipway.api.queues;

import org.jspecify.annotations.Nullable;

/// How far a repair has come.
///
/// @param rateNow jobs per second just now
/// @param moved jobs that it has taken so far
/// @param waiting of these: not ended yet
/// @param succeeded of these: ended well
/// @param failed of these: failed again, whether or not another attempt follows by itself
/// @param seconds how long it will take from its start, or will still take once started; null where
///   that can't be told
public record RepairProgress(
        double rateNow,
        long moved,
        long waiting,
        long succeeded,
        long failed,
        @Nullable Long seconds) {
    /// Nothing has been done.
    public static final RepairProgress NONE = new RepairProgress(0, 0, 0, 0, 0, null);
}
