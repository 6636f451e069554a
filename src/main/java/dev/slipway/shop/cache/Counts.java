package dev.slipway.shop.cache;

import java.util.concurrent.atomic.LongAdder;

/// What this process counts of its cache.
final class Counts {
    final LongAdder hits = new LongAdder();
    final LongAdder stale = new LongAdder();
    final LongAdder misses = new LongAdder();
    final LongAdder loads = new LongAdder();
    final LongAdder failures = new LongAdder();
    final LongAdder tooLarge = new LongAdder();
}
