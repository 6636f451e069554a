package dev.slipway.backend.metrics;

import dev.slipway.api.Page;
import dev.slipway.api.metrics.Interval;
import dev.slipway.api.metrics.Pool;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Reads intervals back, as they were measured or merged into longer ones. Only whole groups are
/// given: what was given once does not change later.
final class Intervals {
    /// Histograms that one question may cost.
    private static final int MOST_ROWS = 40_000;

    private final MetricsStore store;

    Intervals(MetricsStore store) {
        this.store = store;
    }

    Page<Interval> page(IntervalQuery query) {
        return query.every() == null ? measured(query) : merged(query, query.every());
    }

    private Page<Interval> measured(IntervalQuery query) {
        boolean allRoutes = query.route().equals(Sample.ALL);
        String sql =
                "SELECT * FROM interval WHERE from_ms > :after"
                        + and(query.pool(), "pool = :pool")
                        + (allRoutes ? "" : " AND route = :route")
                        + " ORDER BY from_ms LIMIT :limit";
        int most = Math.min(MOST_ROWS, query.limit() * (allRoutes ? 10 : 1) + Windows.MOST_ROUTES);
        List<Sample> rows =
                store.read(
                        handle -> {
                            Query select = select(handle, sql, query, most);
                            select.bind("after", query.after().toEpochMilli());
                            return select.map((row, _) -> MetricsStore.sample(row)).list();
                        });
        SortedMap<Instant, List<Sample>> groups = groups(rows, Duration.ofMillis(1));
        boolean cut = rows.size() == most;
        if (cut && groups.size() > 1) {
            groups.remove(groups.lastKey());
        }
        return page(query, groups, cut);
    }

    private Page<Interval> merged(IntervalQuery query, Duration every) {
        Duration level = Buckets.level(every);
        String sql =
                "SELECT * FROM bucket WHERE every = :every AND from_ms >= :from"
                        + and(query.pool(), "pool = :pool")
                        + " AND route = :route ORDER BY from_ms LIMIT :limit";
        // one group more than is shown: the last one may be cut off
        long most = Math.min(MOST_ROWS, 2 * (query.limit() + 1L) * every.dividedBy(level));
        List<Sample> rows =
                store.read(
                        handle -> {
                            Query select = select(handle, sql, query, most);
                            select.bind("every", level.toMillis());
                            select.bind("from", query.firstBucket(every).toEpochMilli());
                            return select.map((row, _) -> MetricsStore.sample(row)).list();
                        });
        SortedMap<Instant, List<Sample>> groups = groups(rows, every);
        boolean cut = rows.size() == most;
        Instant known = store.lastBucket(level).orElse(Instant.EPOCH).plus(level);
        if (!groups.isEmpty() && (cut || groups.lastKey().plus(every).isAfter(known))) {
            groups.remove(groups.lastKey());
        }
        return page(query, groups, cut);
    }

    private static Query select(Handle handle, String sql, IntervalQuery query, long most) {
        Query select = handle.createQuery(sql).bind("limit", most);
        if (query.pool() != null) {
            select.bind("pool", query.pool().name());
        }
        return sql.contains(":route") ? select.bind("route", query.route()) : select;
    }

    private static String and(@Nullable Object value, String condition) {
        return value == null ? "" : " AND " + condition;
    }

    private static SortedMap<Instant, List<Sample>> groups(List<Sample> rows, Duration length) {
        return rows.stream()
                .collect(
                        Collectors.groupingBy(
                                row -> Buckets.floor(row.from(), length),
                                TreeMap::new,
                                Collectors.toList()));
    }

    /// @param more whether there is more than these groups
    private static Page<Interval> page(
            IntervalQuery query, SortedMap<Instant, List<Sample>> groups, boolean more) {
        List<Interval> shown = new ArrayList<>();
        boolean full = false;
        for (Map.Entry<Instant, List<Sample>> group : groups.entrySet()) {
            full = shown.size() >= query.limit();
            if (full) {
                break;
            }
            shown.addAll(merged(group.getKey(), group.getValue(), query.route()));
        }
        boolean next = !shown.isEmpty() && (full || more);
        return new Page<>(shown, next ? shown.getLast().from().toString() : null, null);
    }

    /// One interval for each pool that has samples in the group.
    private static List<Interval> merged(Instant start, List<Sample> samples, String route) {
        long millis = Buckets.measured(samples);
        SortedMap<Pool, Merged> pools = new TreeMap<>();
        for (Sample sample : samples) {
            pools.computeIfAbsent(sample.pool(), _ -> new Merged()).add(sample, sample.decoded());
        }
        List<Interval> intervals = new ArrayList<>();
        pools.forEach((pool, sum) -> intervals.add(sum.interval(start, millis, pool, route)));
        return intervals;
    }
}
