package dev.slipway.backend.queues;

import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobFilter;
import dev.slipway.api.queues.JobState;
import dev.slipway.api.queues.Untouched;
import dev.slipway.backend.queues.JobQuery.Filter;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The failed jobs that match a filter and had failed by a moment, walked from the first to fail to
/// the last, a bounded number at a time.
public final class DeadJobs {
    /// Up to so many jobs of another state are counted.
    private static final int MOST_UNTOUCHED = 10_000;

    private static final String UP = " ORDER BY ended_at, seq";

    private final Map<Filter, String> filters;
    private final Narrowed narrowed;
    private final Place boundary;

    /// @param boundary jobs that failed later are not among them
    /// @throws dev.slipway.backend.http.Refused 400 if a value of the filter is none
    public DeadJobs(JobFilter filter, Instant boundary) {
        this.filters = JobQuery.dead(filter);
        this.narrowed = Narrowed.of(filters);
        this.boundary = Place.after(boundary.toEpochMilli());
    }

    /// A part of the walk.
    ///
    /// @param looked failed jobs that were looked at
    /// @param matching how many of them match
    /// @param reached where it ended
    /// @param last whether nothing is left
    public record Slice(long looked, long matching, Place reached, boolean last) {}

    /// Counts on.
    ///
    /// @param most jobs to be looked at
    public Slice count(Handle handle, Place after, int most) {
        Optional<Place> end = end(handle, after, most);
        String matching = narrowed.whole() ? "" : " FILTER (WHERE " + narrowed.rest() + ")";
        return select(
                        handle,
                        "SELECT count(*), count(*)" + matching + " FROM job WHERE " + part(),
                        after,
                        end.orElse(boundary),
                        Map.of())
                .map(
                        (row, _) ->
                                new Slice(
                                        row.getLong(1),
                                        row.getLong(2),
                                        end.orElse(boundary),
                                        end.isEmpty()))
                .one();
    }

    /// Jobs to act on.
    ///
    /// @param seqs their numbers, in the order of the walk
    /// @param reached where the walk stands after them
    /// @param last whether nothing is left after them
    /// @param passedBy why the first was passed by that was; empty if none was
    public record Chosen(List<Long> seqs, Place reached, boolean last, String passedBy) {
        public Chosen {
            seqs = List.copyOf(seqs);
        }
    }

    /// The next jobs that match and that a repair has not taken before.
    ///
    /// @param mark the repair's number
    /// @param look jobs to be looked at, at most
    /// @param most jobs to be chosen, at most
    /// @param out what is passed by
    public Chosen next(Handle handle, long mark, Place after, int look, int most, LeftOut out) {
        Optional<Place> end = end(handle, after, look);
        Map<String, Object> values = new HashMap<>(out.bindings());
        values.put("mark", mark);
        values.put("most", most);
        List<Place> found =
                select(
                                handle,
                                "SELECT ended_at, seq FROM job WHERE "
                                        + untaken()
                                        + (out.nothing() ? "" : " AND NOT " + out.condition())
                                        + UP
                                        + " LIMIT :most",
                                after,
                                end.orElse(boundary),
                                values)
                        .map((row, _) -> new Place(row.getLong(1), row.getLong(2)))
                        .list();
        boolean full = found.size() == most;
        Place reached = full ? found.getLast() : end.orElse(boundary);
        return new Chosen(
                found.stream().map(Place::seq).toList(),
                reached,
                !full && end.isEmpty(),
                passedBy(handle, mark, after, reached, out));
    }

    /// Why a job is passed by between two places of the walk.
    ///
    /// @param mark the number of the repair that would take it
    /// @return empty if none is
    public String passedBy(Handle handle, long mark, Place after, Place until, LeftOut out) {
        if (out.nothing()) {
            return "";
        }
        Map<String, Object> values = new HashMap<>(out.bindings());
        values.put("mark", mark);
        return select(
                        handle,
                        "SELECT queue, type FROM job WHERE "
                                + untaken()
                                + " AND "
                                + out.condition()
                                + UP
                                + " LIMIT 1",
                        after,
                        until,
                        values)
                .map((row, _) -> out.why(row.getString(1), row.getString(2)))
                .findOne()
                .orElse("");
    }

    private String untaken() {
        return part()
                + (narrowed.whole() ? "" : " AND " + narrowed.rest())
                + " AND (repair IS NULL OR repair <> :mark)";
    }

    /// Some of those between two places of the walk, the last to fail first.
    public List<Job> samples(Handle handle, Place after, Place until, int most) {
        String rest = narrowed.whole() ? "" : " AND " + narrowed.rest();
        return select(
                        handle,
                        "SELECT "
                                + StoredJob.COLUMNS
                                + " FROM job WHERE "
                                + part()
                                + rest
                                + " ORDER BY ended_at DESC, seq DESC LIMIT :most",
                        after,
                        until,
                        Map.of("most", most))
                .map(StoredJob::map)
                .map(StoredJob::job)
                .list();
    }

    /// What matches in other states, as far as a bounded look tells. Asked by a time of failure
    /// there is nothing to tell: the others have not ended.
    public List<Untouched> untouched(Handle handle) {
        List<Untouched> all = new ArrayList<>();
        if (filters.containsKey(Filter.FROM) || filters.containsKey(Filter.TO)) {
            return all;
        }
        for (Untouched.Cause cause : Untouched.Cause.values()) {
            state(cause)
                    .map(state -> others(handle, cause, state))
                    .filter(found -> found.count() > 0 || found.orMore())
                    .ifPresent(all::add);
        }
        return all;
    }

    private static Optional<JobState> state(Untouched.Cause cause) {
        return switch (cause) {
            case RETRYING -> Optional.of(JobState.RETRYING);
            case READY -> Optional.of(JobState.READY);
            case RUNNING -> Optional.of(JobState.RUNNING);
            case DISCARDED -> Optional.of(JobState.DISCARDED);
            case GONE -> Optional.empty();
        };
    }

    private Untouched others(Handle handle, Untouched.Cause cause, JobState state) {
        Map<Filter, String> same = new EnumMap<>(filters);
        same.put(Filter.STATE, state.name());
        Narrowed other = Narrowed.of(same);
        String fits = other.whole() ? "" : " FILTER (WHERE " + other.rest() + ")";
        return other.select(
                        handle,
                        "SELECT count(*), count(*)"
                                + fits
                                + " FROM (SELECT * FROM job WHERE "
                                + other.anchor()
                                + " LIMIT :most) AS found",
                        Map.of("most", MOST_UNTOUCHED))
                .map(
                        (row, _) ->
                                new Untouched(
                                        cause, row.getLong(2), row.getLong(1) >= MOST_UNTOUCHED))
                .one();
    }

    /// The last of the next so many jobs that the index gives; empty if fewer are left.
    private Optional<Place> end(Handle handle, Place after, int most) {
        return select(
                        handle,
                        "SELECT ended_at, seq FROM job WHERE "
                                + part()
                                + UP
                                + " LIMIT 1 OFFSET :offset",
                        after,
                        boundary,
                        Map.of("offset", most - 1))
                .map((row, _) -> new Place(row.getLong(1), row.getLong(2)))
                .findOne();
    }

    private String part() {
        return narrowed.anchor()
                + " AND (ended_at, seq) > (:afterAt, :afterSeq)"
                + " AND (ended_at, seq) <= (:untilAt, :untilSeq)";
    }

    private Query select(Handle handle, String sql, Place after, Place until, Map<String, ?> more) {
        Map<String, Object> values = new HashMap<>(more);
        values.put("afterAt", after.at());
        values.put("afterSeq", after.seq());
        values.put("untilAt", until.at());
        values.put("untilSeq", until.seq());
        return narrowed.select(handle, sql, values);
    }
}
