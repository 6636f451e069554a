package dev.slipway.shop.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

class CaffeineCacheTest extends CacheSuite {
    private final AtomicLong nanos = new AtomicLong();
    private final Cache cache = new CaffeineCache(AGES, LARGEST, nanos::get);

    @Override
    Cache cache() {
        return cache;
    }

    @Override
    void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    @Test
    void whatDoesNotFitMustGoAndIsCounted() {
        for (int i = 0; i < 200; i++) {
            cache.get("q" + i, () -> new byte[1_000]);
        }
        Cache.Stats stats = cache.stats();
        assertThat(stats.bytes()).isLessThanOrEqualTo(LARGEST);
        assertThat(stats.evictions()).isGreaterThan(100);
    }
}
