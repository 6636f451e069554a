package dev.slipway.backend.queues;

import dev.slipway.api.Page;
import dev.slipway.api.queues.Job;
import dev.slipway.backend.queues.JobQuery.Filter;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Finds jobs by their filters, page by page. What an index narrows costs the same over a million
/// jobs; what has to be looked at row by row is looked at for a short while, and then the page ends
/// early: it may hold less than was asked for, and even nothing, and still have a next one.
final class JobSearch {
    private static final int SLICE = 2_000;
    private static final int SLICES = 50;
    private static final Duration PATIENCE = Duration.ofMillis(20);

    private final InstantSource clock;
    private final int slice;

    JobSearch(InstantSource clock) {
        this(clock, SLICE);
    }

    /// @param slice rows looked at in one go
    JobSearch(InstantSource clock, int slice) {
        this.clock = clock;
        this.slice = slice;
    }

    Page<Job> page(Handle handle, JobQuery query) {
        var walk = new Walk(handle, query);
        List<StoredJob> found =
                walk.narrowed.whole() ? walk.rows(query.before(), null, 0) : searched(walk);
        List<StoredJob> shown = found.subList(0, Math.min(found.size(), query.limit()));
        Place next = found.size() > shown.size() ? place(shown.getLast()) : walk.goesOn;
        return new Page<>(
                shown.stream().map(StoredJob::job).toList(),
                next == null ? null : next.cursor(query.byEnd()),
                total(handle, query));
    }

    private List<StoredJob> searched(Walk walk) {
        Instant until = clock.instant().plus(PATIENCE);
        List<StoredJob> found = new ArrayList<>();
        Place at = walk.query.before();
        for (int i = 0; i < SLICES && found.size() <= walk.query.limit(); i++) {
            Optional<Place> end = walk.end(at);
            found.addAll(walk.rows(at, end.orElse(null), found.size()));
            walk.goesOn = end.orElse(null);
            if (end.isEmpty() || !clock.instant().isBefore(until)) {
                break;
            }
            at = end.get();
        }
        return found;
    }

    private static Place place(StoredJob job) {
        Instant ended = job.job().endedAt();
        return new Place(ended == null ? Long.MAX_VALUE : ended.toEpochMilli(), job.seq());
    }

    /// One search. Row values compare both parts of a place.
    private final class Walk {
        final Handle handle;
        final JobQuery query;
        final Narrowed narrowed;
        final String key;
        final String down;

        /// Where the search broke off; null if it came to its end.
        @Nullable Place goesOn;

        Walk(Handle handle, JobQuery query) {
            this.handle = handle;
            this.query = query;
            this.narrowed = Narrowed.of(query.filters());
            this.key = query.byEnd() ? "(ended_at, seq)" : "(seq)";
            this.down = query.byEnd() ? " ORDER BY ended_at DESC, seq DESC" : " ORDER BY seq DESC";
        }

        /// The last row of the next slice; empty if fewer are left.
        Optional<Place> end(Place before) {
            return select(
                            "SELECT coalesce(ended_at, 0), seq FROM job WHERE "
                                    + narrowed.anchor()
                                    + past("<", "before")
                                    + down
                                    + " LIMIT 1 OFFSET :offset",
                            before,
                            null,
                            0)
                    .map((row, _) -> new Place(row.getLong(1), row.getLong(2)))
                    .findOne();
        }

        /// @param end the last row to be looked at; null for all
        /// @param had rows found before
        List<StoredJob> rows(Place before, @Nullable Place end, int had) {
            return select(
                            "SELECT "
                                    + StoredJob.COLUMNS
                                    + " FROM job WHERE "
                                    + narrowed.anchor()
                                    + past("<", "before")
                                    + (end == null ? "" : past(">=", "end"))
                                    + (narrowed.whole() ? "" : " AND " + narrowed.rest())
                                    + down
                                    + " LIMIT :limit",
                            before,
                            end,
                            had)
                    .map(StoredJob::map)
                    .list();
        }

        private Query select(String sql, Place before, @Nullable Place end, int had) {
            Map<String, Object> values = new HashMap<>();
            values.put("beforeAt", before.at());
            values.put("beforeSeq", before.seq());
            values.put("limit", query.limit() + 1 - had);
            values.put("offset", slice - 1);
            if (end != null) {
                values.put("endAt", end.at());
                values.put("endSeq", end.seq());
            }
            return narrowed.select(handle, sql, values);
        }

        private String past(String how, String place) {
            String values = query.byEnd() ? "(:%1$sAt, :%1$sSeq)" : "(:%1$sSeq)";
            return " AND " + key + " " + how + " " + values.formatted(place);
        }
    }

    /// How many jobs match, from the counts that are kept; null where it would cost a scan.
    private static @Nullable Long total(Handle handle, JobQuery query) {
        if (query.only(Filter.STATE, Filter.FINGERPRINT)
                && query.filters().containsKey(Filter.FINGERPRINT)
                && query.byEnd()) {
            return group(handle, query);
        }
        if (!query.only(Filter.QUEUE, Filter.STATE)) {
            return null;
        }
        return handle.createQuery(
                        """
                        SELECT coalesce(sum(jobs), 0) FROM queue_count
                        WHERE queue = coalesce(cast(:queue AS TEXT), queue)
                            AND state = coalesce(cast(:state AS TEXT), state)""")
                .bind("queue", query.filters().get(Filter.QUEUE))
                .bind("state", query.filters().get(Filter.STATE))
                .mapTo(Long.class)
                .one();
    }

    private static Long group(Handle handle, JobQuery query) {
        return handle.createQuery(
                        "SELECT coalesce(sum(jobs), 0) FROM failure_group"
                                + " WHERE fingerprint = :fingerprint")
                .bind("fingerprint", query.filters().get(Filter.FINGERPRINT))
                .mapTo(Long.class)
                .one();
    }
}
