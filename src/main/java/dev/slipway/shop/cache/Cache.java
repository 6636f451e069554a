package dev.slipway.shop.cache;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.function.Supplier;

/// Keeps encoded answers for a short time, so that a question that many ask is worked out once.
///
/// An answer is fresh at first, and stale afterwards: a stale one is still given, at once, while
/// one asker's worth of work makes a new one behind it. A question that is not kept is worked out
/// by one asker, and the others wait for that. What [#clear] was called after is never given again.
public interface Cache extends AutoCloseable {
    /// The kept answer, or a new one. A failing `load` keeps nothing, and fails those who wait for
    /// it; a stale answer outlives a `load` that fails until its time is over.
    byte[] get(String question, Supplier<byte[]> load);

    /// Forgets all answers: those who ask afterwards, of any process that shares this cache, get
    /// new ones.
    ///
    /// @return false if the processes that share it could not be told yet; it is made up for
    boolean clear();

    Stats stats();

    @Override
    void close();

    /// How the cache does. Counts are of this process since its start; null is what can't be known.
    ///
    /// @param where `process` or `redis`
    /// @param hits questions answered from the cache, stale answers too
    /// @param stale of these, with an answer that was being renewed
    /// @param misses questions that were worked out or waited for
    /// @param loads how often an answer was worked out, renewals too
    /// @param failures times that the cache could not be asked, or gave something unreadable
    /// @param tooLarge answers that were not kept for their size
    /// @param entries kept now; of a Redis, all keys of its database
    /// @param bytes memory that they take; of a Redis, all that it uses
    /// @param maxBytes the most that they may take; null also if there is no limit
    /// @param evictions answers that had to go before their time; of a Redis, since its start
    /// @param awaySince since when the cache can't be asked and the database answers; null if it
    ///   can
    /// @param problem why, in a few words; empty if nothing is wrong
    record Stats(
            String where,
            long hits,
            long stale,
            long misses,
            long loads,
            long failures,
            long tooLarge,
            @Nullable Long entries,
            @Nullable Long bytes,
            @Nullable Long maxBytes,
            @Nullable Long evictions,
            @Nullable Instant awaySince,
            String problem) {
        /// Share of the questions that the cache answered, 0 to 1; null if there was none.
        public @Nullable Double hitRatio() {
            long all = hits + misses;
            return all == 0 ? null : (double) hits / all;
        }
    }
}
