package dev.slipway.backend.metrics;

import dev.slipway.api.Page;
import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;
import dev.slipway.api.metrics.Interval;
import dev.slipway.api.metrics.Pool;
import dev.slipway.api.metrics.Window;
import dev.slipway.backend.metrics.MetricsStore.Numbered;
import dev.slipway.backend.stream.LiveFeed;

import org.HdrHistogram.Histogram;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/// Takes what the edge measured: stores it, keeps the windows and tells everyone who listens. Only
/// one thread records; any may ask.
public final class Metrics {
    /// How long intervals are kept.
    static final Duration KEPT = Duration.ofHours(24);

    /// The longer windows change slowly; they are told this often.
    private static final Duration SLOW = Duration.ofSeconds(5);

    /// How long an interval may still get further routes.
    private static final Duration LATEST = Duration.ofMinutes(1);

    /// What was measured last counts as now for so long.
    private static final Duration CURRENT = Duration.ofSeconds(15);

    private static final Duration PRUNE_EVERY = Duration.ofMinutes(1);
    private static final List<Duration> FAST_WINDOWS = Windows.LENGTHS.subList(0, 1);

    private final MetricsStore store;
    private final LiveFeed feed;
    private final Windows windows = new Windows(Windows.LENGTHS);
    private final Day day;
    private final Buckets buckets;
    private final Intervals intervals;
    private final NavigableMap<Start, AllRoutes> latest =
            new TreeMap<>(Comparator.comparing(Start::from).thenComparing(Start::pool));
    private Instant toldSlow = Instant.EPOCH;
    private Instant pruned = Instant.EPOCH;

    private record Start(Instant from, Pool pool) {}

    /// All routes of a pool in one interval.
    private record AllRoutes(long millis, Merged sum) {}

    public Metrics(MetricsStore store, LiveFeed feed) {
        this.store = store;
        this.feed = feed;
        this.day = new Day(store);
        this.buckets = new Buckets(store);
        this.intervals = new Intervals(store);
    }

    /// Takes what was measured last out of the store, after a start.
    void load() {
        Instant last = store.latest().orElse(Instant.EPOCH);
        Instant from = last.minus(Windows.LENGTHS.getLast());
        Instant merged = buckets.mergedUntil();
        for (Sample sample : store.intervals(from, last.plusMillis(1))) {
            windows.add(sample, sample.decoded());
            if (!sample.from().isBefore(merged)) {
                buckets.touch(sample.from());
            }
        }
        windows.move();
        buckets.close(windows.to());
        day.follow(windows.to());
    }

    /// Requests of a pool in the last minute that was measured; 0 if that was too long ago to say
    /// anything about now.
    public long lastMinute(Pool pool, Instant now) {
        return windows.to().isBefore(now.minus(CURRENT))
                ? 0
                : windows.requests(FAST_WINDOWS.getFirst(), pool);
    }

    /// When the latest measured interval ended; [Instant#EPOCH] if nothing was ever measured.
    public Instant measuredTo() {
        return windows.to();
    }

    public List<Window> windows() {
        List<Window> all = new ArrayList<>(windows.current(Windows.LENGTHS));
        all.addAll(day.current());
        return all;
    }

    /// The windows as they stand.
    public List<Change> snapshot() {
        Instant to = windows.to();
        return windows().stream()
                .map(window -> new Change(Kind.WINDOW.wire(), window.id(), to, window))
                .toList();
    }

    Page<Interval> intervals(IntervalQuery query) {
        return intervals.page(query);
    }

    /// Stores intervals, adds them to the windows and tells of both.
    ///
    /// @return how many were new
    int record(List<Numbered> numbered) {
        List<Numbered> fresh = store.store(numbered);
        Set<Start> touched = new LinkedHashSet<>();
        for (Numbered interval : fresh) {
            touched.add(take(interval.sample()));
        }
        if (!fresh.isEmpty()) {
            windows.move();
            buckets.close(windows.to());
            touched.forEach(this::tellAllRoutes);
            latest.headMap(new Start(windows.to().minus(LATEST), Pool.LEGACY)).clear();
            tellWindows();
            prune();
        }
        return fresh.size();
    }

    private Start take(Sample sample) {
        Histogram decoded = sample.decoded();
        windows.add(sample, decoded);
        buckets.touch(sample.from());
        var alone = new Merged();
        alone.add(sample, decoded);
        push(alone.interval(sample.from(), sample.millis(), sample.pool(), sample.route()));
        var start = new Start(sample.from(), sample.pool());
        latest.computeIfAbsent(start, _ -> new AllRoutes(sample.millis(), new Merged()))
                .sum
                .add(sample, decoded);
        return start;
    }

    private void tellAllRoutes(Start start) {
        AllRoutes all = latest.get(start);
        if (all != null) {
            push(all.sum.interval(start.from, all.millis, start.pool, Sample.ALL));
        }
    }

    private void push(Interval interval) {
        Instant end = interval.from().plusMillis(interval.millis());
        feed.push(new Change(Kind.INTERVAL.wire(), interval.id(), end, interval));
    }

    private void tellWindows() {
        Instant to = windows.to();
        boolean slow = !to.isBefore(toldSlow.plus(SLOW));
        List<Window> told = new ArrayList<>(windows.current(slow ? Windows.LENGTHS : FAST_WINDOWS));
        if (day.follow(to)) {
            told.addAll(day.current());
        }
        for (Window window : told) {
            feed.push(new Change(Kind.WINDOW.wire(), window.id(), to, window));
        }
        toldSlow = slow ? to : toldSlow;
    }

    private void prune() {
        Instant to = windows.to();
        if (!to.isBefore(pruned.plus(PRUNE_EVERY))) {
            store.prune(to.minus(KEPT).minus(Day.BEHIND));
            pruned = to;
        }
    }
}
