package dev.slipway.sandbox.edge;

import dev.slipway.shop.answers.Money;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// Measures both pools route by route, and keeps the intervals of the last ten minutes.
final class Meter implements AutoCloseable {
    static final Duration INTERVAL = Duration.ofSeconds(2);
    private static final Duration KEPT = Duration.ofMinutes(10);
    private static final int MOST_ROWS = 1_000;
    private static final Logger LOG = System.getLogger(Meter.class.getName());

    private record Key(Pool pool, String route) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            return pool == other.pool ? route.compareTo(other.route) : pool.compareTo(other.pool);
        }
    }

    private final InstantSource clock;
    private final String epoch = UUID.randomUUID().toString();
    private final Map<Key, Counters> counters = new ConcurrentSkipListMap<>();
    private final Deque<Interval> kept = new ArrayDeque<>();
    private final ScheduledExecutorService ticker =
            Executors.newSingleThreadScheduledExecutor(
                    Thread.ofPlatform().name("edge-meter").daemon().factory());
    private Instant from;
    private long seq;

    Meter(InstantSource clock) {
        this.clock = clock;
        this.from = clock.instant();
        // from the clock, so that it grows over a restart too
        this.seq = from.toEpochMilli() * 10;
    }

    void start() {
        long millis = INTERVAL.toMillis();
        ticker.scheduleAtFixedRate(this::tick, millis, millis, TimeUnit.MILLISECONDS);
    }

    void count(Exchange exchange, long intendedMicros) {
        counters.computeIfAbsent(new Key(exchange.pool(), exchange.route()), _ -> new Counters())
                .count(micros(clock.instant()) - intendedMicros, exchange);
    }

    static long micros(Instant instant) {
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    private void tick() {
        try {
            closeInterval();
        } catch (RuntimeException e) {
            // a scheduler drops a task that throws: the next interval must still come
            LOG.log(Level.ERROR, "an interval was lost", e);
        }
    }

    /// Ends the interval at hand.
    synchronized void closeInterval() {
        Instant now = clock.instant();
        long millis = Duration.between(from, now).toMillis();
        counters.forEach(
                (key, counter) -> {
                    Counters.Counted counted = counter.take();
                    if (counted.requests() > 0) {
                        kept.add(row(key, millis, counted));
                    }
                });
        from = now;
        while (!kept.isEmpty() && kept.getFirst().from().isBefore(now.minus(KEPT))) {
            kept.removeFirst();
        }
    }

    private Interval row(Key key, long millis, Counters.Counted counted) {
        return new Interval(
                ++seq,
                epoch,
                from,
                millis,
                key.pool().label(),
                key.route(),
                counted.histogram(),
                counted.requests(),
                counted.errors(),
                counted.orders(),
                counted.orderValue(),
                Money.CURRENCY);
    }

    /// The rows after one, oldest first, at most a thousand.
    synchronized List<Interval> after(long seq) {
        return new ArrayList<>(
                kept.stream().filter(row -> row.seq() > seq).limit(MOST_ROWS).toList());
    }

    @Override
    public void close() {
        ticker.shutdownNow();
    }
}
