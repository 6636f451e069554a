package dev.slipway.shop.cache;

import com.github.benmanes.caffeine.cache.Caffeine;

import java.time.Duration;
import java.util.function.Supplier;

/// The cache inside the process: bounded by bytes, and entries end by age, since others write the
/// database too.
public final class CaffeineCache implements Cache {
    private final com.github.benmanes.caffeine.cache.Cache<String, byte[]> kept;

    public CaffeineCache(Duration age, long maxBytes) {
        this.kept =
                Caffeine.newBuilder()
                        .expireAfterWrite(age)
                        .maximumWeight(maxBytes)
                        .weigher(
                                (String question, byte[] answer) ->
                                        question.length() + answer.length)
                        .recordStats()
                        .build();
    }

    @Override
    public byte[] get(String question, Supplier<byte[]> load) {
        return kept.get(question, _ -> load.get());
    }

    @Override
    public void clear() {
        kept.invalidateAll();
    }

    @Override
    public Stats stats() {
        var stats = kept.stats();
        return new Stats(stats.hitCount(), stats.missCount(), kept.estimatedSize());
    }
}
