package dev.slipway.shop.cache;

import java.util.function.Supplier;

/// Keeps encoded answers for a short time, so that a question that many ask is worked out once.
public interface Cache {
    /// The kept answer, or a new one. A failing `load` keeps nothing.
    byte[] get(String question, Supplier<byte[]> load);

    void clear();

    Stats stats();

    /// @param hits questions answered from the cache since the start
    /// @param entries kept now
    record Stats(long hits, long misses, long entries) {
        /// Share of the questions that the cache answered, 0 to 1; 0 if there was none.
        public double hitRatio() {
            long all = hits + misses;
            return all == 0 ? 0 : (double) hits / all;
        }
    }
}
