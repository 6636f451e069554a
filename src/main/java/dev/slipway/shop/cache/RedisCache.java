package dev.slipway.shop.cache;

import redis.clients.jedis.RedisClient;

import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/// The cache that the shop's processes share. A question that is not kept is worked out by one
/// process, which holds a short lock in Redis; the others wait for its answer a little. While Redis
/// is away the database answers, one asker at a time for each question and process; nothing is kept
/// then, since no one could be told to forget it.
public final class RedisCache implements Cache {
    private final RedisShelf shelf;
    private final RedisLink link;
    private final Ages ages;
    private final int largest;
    private final Flights flights = new Flights();
    private final Counts counts = new Counts();

    /// Counts the clears of this process.
    private final AtomicLong clears = new AtomicLong();

    /// The number of the last clear that the others were told of: they then know of all before it.
    private final AtomicLong told = new AtomicLong();

    /// @param generation of Redis, or the number of clears while it is away
    private record Flight(String question, boolean away, long generation) {}

    /// @param name distinguishes this shop and the shape of its answers from others in the same
    ///   Redis
    public RedisCache(CacheSettings.Redis settings, Ages ages, String name, InstantSource clock) {
        this.ages = ages;
        this.largest = settings.largest();
        this.shelf = new RedisShelf("slipway:" + name + ":", ages);
        this.link = new RedisLink(settings, clock, this::makeUpFor);
    }

    /// What was cleared while Redis was away is cleared before anything is read.
    private void makeUpFor(RedisClient client) {
        long until = clears.get();
        if (told.get() < until) {
            shelf.dropGeneration(client);
            tell(until);
        }
    }

    private void tell(long clear) {
        told.accumulateAndGet(clear, Math::max);
    }

    /// Whether others have not been told of a clear.
    private boolean untold() {
        return told.get() < clears.get();
    }

    @Override
    public byte[] get(String question, Supplier<byte[]> load) {
        // what others were not told to forget is not asked for either
        Optional<RedisShelf.Seen> asked =
                untold() ? Optional.empty() : link.ask(client -> shelf.look(client, question));
        if (asked.isEmpty()) {
            counts.failures.increment();
            counts.misses.increment();
            var flight = new Flight(question, true, clears.get());
            return flights.fly(flight, () -> load(load));
        }
        RedisShelf.Seen seen = asked.get();
        var flight = new Flight(question, false, seen.generation());
        if (seen.unreadable()) {
            counts.failures.increment();
        }
        if (seen.answer().isEmpty()) {
            counts.misses.increment();
            return flights.fly(flight, () -> together(question, seen.generation(), load));
        }
        counts.hits.increment();
        if (seen.age().compareTo(ages.fresh()) >= 0) {
            counts.stale.increment();
            flights.renew(flight, () -> renew(question, load));
        }
        return seen.answer().get();
    }

    private byte[] load(Supplier<byte[]> load) {
        counts.loads.increment();
        return load.get();
    }

    /// Works it out, or waits for the process that does.
    private byte[] together(String question, long generation, Supplier<byte[]> load) {
        var lock = new RedisLock(link, shelf, question, generation);
        Optional<byte[]> others = lock.takeOrWait();
        if (others.isPresent()) {
            return others.get();
        }
        try {
            byte[] answer = load(load);
            keep(question, generation, answer);
            return answer;
        } finally {
            lock.release();
        }
    }

    /// Unless another process is at it.
    private void renew(String question, Supplier<byte[]> load) {
        link.ask(client -> shelf.look(client, question))
                .filter(seen -> seen.age().compareTo(ages.fresh()) >= 0)
                .ifPresent(
                        seen -> {
                            long generation = seen.generation();
                            var lock = new RedisLock(link, shelf, question, generation);
                            if (lock.take()) {
                                try {
                                    keep(question, generation, load(load));
                                } finally {
                                    lock.release();
                                }
                            }
                        });
    }

    private void keep(String question, long generation, byte[] answer) {
        if (answer.length > largest) {
            counts.tooLarge.increment();
            return;
        }
        link.ask(client -> shelf.put(client, question, generation, answer));
    }

    @Override
    public boolean clear() {
        long clear = clears.incrementAndGet();
        // for others Redis may be back already, though this process has not looked again
        boolean reached = link.askAnyway(shelf::dropGeneration).isPresent();
        if (reached) {
            tell(clear);
        }
        return reached;
    }

    @Override
    public Stats stats() {
        Optional<RedisFigures> figures = link.figures();
        RedisLink.State state = link.state();
        return new Stats(
                "redis",
                counts.hits.sum(),
                counts.stale.sum(),
                counts.misses.sum(),
                counts.loads.sum(),
                counts.failures.sum(),
                counts.tooLarge.sum(),
                figures.map(RedisFigures::keys).orElse(null),
                figures.map(RedisFigures::bytes).orElse(null),
                figures.map(RedisFigures::maxBytes).orElse(null),
                figures.map(RedisFigures::evictions).orElse(null),
                state instanceof RedisLink.State.Away away ? away.since() : null,
                state instanceof RedisLink.State.Away away ? away.why() : link.refused());
    }

    @Override
    public void close() {
        link.close();
    }
}
