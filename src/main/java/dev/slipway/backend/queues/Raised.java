package dev.slipway.backend.queues;

import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobState;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What became of the jobs that a repair put back.
public final class Raised {
    private static final List<JobState> OUTCOMES =
            List.of(JobState.SUCCEEDED, JobState.DEAD, JobState.RETRYING);

    private final long mark;

    /// @param mark the repair's number
    public Raised(long mark) {
        this.mark = mark;
    }

    /// How many stand in each state.
    public Map<JobState, Long> states(Handle handle) {
        Map<JobState, Long> states = new EnumMap<>(JobState.class);
        handle.createQuery("SELECT state, count(*) FROM job WHERE repair = :mark GROUP BY state")
                .bind("mark", mark)
                .map((row, _) -> Map.entry(JobState.valueOf(row.getString(1)), row.getLong(2)))
                .forEach(entry -> states.put(entry.getKey(), entry.getValue()));
        return states;
    }

    /// How many wait for workers or run, counted up to a bound; but for those that wait for
    /// something else: a pause to end, or a place among those that may run of their type.
    public long unended(Handle handle, long most, Instant now) {
        return handle.createQuery(
                        """
                        SELECT count(*) FROM (SELECT 1 FROM job
                            WHERE repair = :mark AND state IN ('READY', 'RUNNING')
                              AND NOT EXISTS (SELECT 1 FROM job_limit AS m WHERE m.type = job.type)
                              AND\s"""
                                + Lanes.notHeld("job")
                                + " LIMIT :most) AS found")
                .bind("mark", mark)
                .bind("most", most)
                .bind("now", now.toEpochMilli())
                .mapTo(Long.class)
                .one();
    }

    /// The types with a limit of which so many wait or run, each with its limit.
    public Map<String, Integer> full(Handle handle, long most) {
        Map<String, Integer> full = new TreeMap<>();
        handle.createQuery(
                        """
                        SELECT m.type, m.most FROM job_limit AS m JOIN job AS j ON j.type = m.type
                        WHERE j.repair = :mark AND j.state IN ('READY', 'RUNNING')
                        GROUP BY m.type, m.most HAVING count(*) >= :most""")
                .bind("mark", mark)
                .bind("most", most)
                .map((row, _) -> Map.entry(row.getString(1), row.getInt(2)))
                .forEach(entry -> full.put(entry.getKey(), entry.getValue()));
        return full;
    }

    /// Whether some wait, run or will be tried again.
    public boolean open(Handle handle) {
        return handle.createQuery(
                        """
                        SELECT EXISTS (SELECT 1 FROM job
                            WHERE repair = :mark AND state IN ('READY', 'RUNNING', 'RETRYING'))""")
                .bind("mark", mark)
                .mapTo(Boolean.class)
                .one();
    }

    /// The latest outcomes since a moment: whether each failed again. One that failed and tries
    /// again by itself has failed.
    public List<Boolean> latest(Handle handle, Instant since, int most) {
        List<Outcome> latest = new ArrayList<>();
        for (JobState state : OUTCOMES) {
            handle.createQuery(
                            """
                            SELECT changed_at, seq FROM job
                            WHERE repair = :mark AND state = :state AND changed_at >= :since
                            ORDER BY changed_at DESC, seq DESC LIMIT :most""")
                    .bind("mark", mark)
                    .bind("state", state.name())
                    .bind("since", since.toEpochMilli())
                    .bind("most", most)
                    .map(
                            (row, _) ->
                                    new Outcome(
                                            row.getLong(1),
                                            row.getLong(2),
                                            state != JobState.SUCCEEDED))
                    .forEach(latest::add);
        }
        return latest.stream()
                .sorted(
                        Comparator.comparingLong(Outcome::at)
                                .thenComparingLong(Outcome::seq)
                                .reversed())
                .limit(most)
                .map(Outcome::failed)
                .toList();
    }

    private record Outcome(long at, long seq, boolean failed) {}

    /// How jobs stand, by their numbers; one that is no longer kept is not among them.
    public static List<Job> jobs(Handle handle, List<Long> seqs) {
        return seqs.isEmpty()
                ? List.of()
                : handle.createQuery(
                                "SELECT "
                                        + StoredJob.COLUMNS
                                        + " FROM job WHERE seq IN (<seqs>) ORDER BY seq")
                        .bindList("seqs", seqs)
                        .map(StoredJob::map)
                        .map(StoredJob::job)
                        .list();
    }

    /// The numbers of jobs.
    public static List<Long> numbers(Handle handle, List<String> ids) {
        return ids.isEmpty()
                ? List.of()
                : handle.createQuery("SELECT seq FROM job WHERE id IN (<ids>) ORDER BY seq")
                        .bindList("ids", ids)
                        .mapTo(Long.class)
                        .list();
    }
}
