package dev.slipway.shop.cache;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// The cache inside the process: bounded by bytes, and entries end by age, since others write the
/// database too.
public final class CaffeineCache implements Cache {
    private final com.github.benmanes.caffeine.cache.Cache<String, Kept> kept;
    private final long freshNanos;
    private final long maxBytes;
    private final Ticker ticker;
    private final Flights flights = new Flights();
    private final Counts counts = new Counts();
    private final AtomicLong generation = new AtomicLong();

    /// @param generation how often all was forgotten before it was asked for
    /// @param born by the ticker
    private record Kept(byte[] answer, long generation, long born) {}

    private record Flight(String question, long generation) {}

    public CaffeineCache(Ages ages, long maxBytes) {
        this(ages, maxBytes, Ticker.systemTicker());
    }

    CaffeineCache(Ages ages, long maxBytes, Ticker ticker) {
        this.freshNanos = ages.fresh().toNanos();
        this.maxBytes = maxBytes;
        this.ticker = ticker;
        this.kept =
                Caffeine.newBuilder()
                        .expireAfterWrite(ages.total())
                        .ticker(ticker)
                        .executor(Runnable::run)
                        .maximumWeight(maxBytes)
                        .weigher(
                                (String question, Kept entry) ->
                                        question.length() + entry.answer().length)
                        .recordStats()
                        .build();
    }

    @Override
    public byte[] get(String question, Supplier<byte[]> load) {
        long now = generation.get();
        Kept found = find(question, now);
        if (found == null) {
            counts.misses.increment();
            return flights.fly(new Flight(question, now), () -> loaded(question, now, load));
        }
        counts.hits.increment();
        if (!fresh(found)) {
            counts.stale.increment();
            flights.renew(new Flight(question, now), () -> make(question, now, load));
        }
        return found.answer();
    }

    private @Nullable Kept find(String question, long now) {
        Kept found = kept.getIfPresent(question);
        return found != null && found.generation() == now ? found : null;
    }

    private boolean fresh(Kept entry) {
        return ticker.read() - entry.born() < freshNanos;
    }

    /// Another asker may have been done just before.
    private byte[] loaded(String question, long now, Supplier<byte[]> load) {
        Kept found = find(question, now);
        return found == null ? make(question, now, load) : found.answer();
    }

    private byte[] make(String question, long now, Supplier<byte[]> load) {
        counts.loads.increment();
        byte[] answer = load.get();
        if (answer.length > maxBytes) {
            counts.tooLarge.increment();
        } else if (generation.get() == now) {
            kept.put(question, new Kept(answer, now, ticker.read()));
        }
        return answer;
    }

    @Override
    public boolean clear() {
        generation.incrementAndGet();
        kept.invalidateAll();
        return true;
    }

    @Override
    public Stats stats() {
        kept.cleanUp();
        return new Stats(
                "process",
                counts.hits.sum(),
                counts.stale.sum(),
                counts.misses.sum(),
                counts.loads.sum(),
                counts.failures.sum(),
                counts.tooLarge.sum(),
                kept.estimatedSize(),
                kept.policy()
                        .eviction()
                        .flatMap(eviction -> eviction.weightedSize().stream().boxed().findFirst())
                        .orElse(null),
                maxBytes,
                kept.stats().evictionCount(),
                null,
                "");
    }

    @Override
    public void close() {
        kept.invalidateAll();
    }
}
