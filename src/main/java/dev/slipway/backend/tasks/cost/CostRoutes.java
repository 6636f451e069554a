package dev.slipway.backend.tasks.cost;

import dev.slipway.api.Paths;
import dev.slipway.api.tasks.TypeCost;
import dev.slipway.backend.http.Request;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;

/// What the jobs of each type cost on each of the last days, from the attempts that are kept.
public final class CostRoutes implements Routes {
    private static final long DAY_MILLIS = 86_400_000;
    private static final int MOST_DAYS = 31;

    private final StateStore store;
    private final InstantSource clock;

    public CostRoutes(StateStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(
                                "GET",
                                Paths.JOB_COSTS,
                                Route.ANYONE_LOGGED_IN,
                                "CPU time of jobs by type and day, the latest day first",
                                null,
                                TypeCost.class,
                                this::costs)
                        .listed()
                        .with("days", "how many days back, today included; 7 if not given"));
    }

    private List<TypeCost> costs(Request request) {
        int days = request.query("days", 7, 1, MOST_DAYS);
        Instant since =
                clock.instant().truncatedTo(ChronoUnit.DAYS).minus(days - 1L, ChronoUnit.DAYS);
        return store.read(handle -> costs(handle, since));
    }

    static List<TypeCost> costs(Handle handle, Instant since) {
        return handle.createQuery(
                        """
                        SELECT type, day, count(*) AS attempts,
                          count(DISTINCT CASE WHEN ended = day THEN seq END) AS jobs,
                          coalesce(sum(cpu_millis), 0) AS cpu,
                          sum(CASE WHEN cpu_millis IS NULL THEN 1 ELSE 0 END) AS unknown,
                          sum(wall) AS wall
                        FROM (SELECT j.type, j.seq, a.cpu_millis, a.ended_at / :day AS day,
                            a.ended_at - a.started_at AS wall,
                            CASE WHEN j.state IN ('SUCCEEDED', 'DEAD', 'DISCARDED')
                              THEN j.ended_at / :day END AS ended
                          FROM job_attempt a JOIN job j ON j.seq = a.job
                          WHERE a.ended_at >= :since) AS one
                        GROUP BY type, day
                        ORDER BY 2 DESC, 5 DESC, 1""")
                .bind("day", DAY_MILLIS)
                .bind("since", since.toEpochMilli())
                .map(
                        (row, _) ->
                                new TypeCost(
                                        row.getString("type"),
                                        LocalDate.ofEpochDay(row.getLong("day")),
                                        row.getLong("jobs"),
                                        row.getLong("attempts"),
                                        row.getLong("cpu"),
                                        row.getLong("unknown"),
                                        row.getLong("wall")))
                .list();
    }
}
