package dev.slipway.backend.queues;

import static java.util.Objects.requireNonNullElse;

import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.TypeLimit;
import dev.slipway.api.queues.TypeStatus;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.store.Events;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The types of job that there have been: how many of each run, and how many may.
final class JobTypes {
    /// More would be no limit.
    private static final int MOST = 10_000;

    private final Events events;
    private final InstantSource clock;

    JobTypes(Events events, InstantSource clock) {
        this.events = events;
        this.clock = clock;
    }

    /// All types by name. Costs the same over a million jobs that wait.
    static List<TypeStatus> statuses(Handle handle, Instant now) {
        return read(handle, "", now);
    }

    static Optional<TypeStatus> status(Handle handle, String type, Instant now) {
        return read(handle, type, now).stream().findFirst();
    }

    /// @param only the one type, or empty for all
    private static List<TypeStatus> read(Handle handle, String only, Instant now) {
        Map<String, TypeStatus> types = new LinkedHashMap<>();
        handle.createQuery(
                        """
                        SELECT l.type, l.queue,
                            (SELECT most FROM job_limit WHERE job_limit.type = l.type) AS most,
                            (SELECT count(*) FROM job WHERE job.type = l.type
                                AND job.state = 'RUNNING') AS running,
                            min((SELECT due_at FROM job WHERE job.queue = l.queue
                                AND job.type = l.type AND job.priority = l.priority
                                AND due_at <= :now ORDER BY due_at, seq LIMIT 1)) AS oldest
                        FROM job_lane AS l WHERE :only = '' OR l.type = :only
                        GROUP BY l.type, l.queue ORDER BY l.type, l.queue""")
                .bind("now", now.toEpochMilli())
                .bind("only", only)
                .map(
                        (row, _) -> {
                            int most = row.getInt("most");
                            boolean noLimit = row.wasNull();
                            long oldest = row.getLong("oldest");
                            boolean noneWaits = row.wasNull();
                            return new TypeStatus(
                                    row.getString("type"),
                                    List.of(row.getString("queue")),
                                    row.getLong("running"),
                                    noLimit ? null : most,
                                    noneWaits ? null : Instant.ofEpochMilli(oldest));
                        })
                .forEach(one -> types.merge(one.type(), one, JobTypes::together));
        return List.copyOf(types.values());
    }

    private static TypeStatus together(TypeStatus one, TypeStatus other) {
        List<String> queues = new ArrayList<>(one.queues());
        queues.addAll(other.queues());
        return new TypeStatus(
                one.type(),
                queues,
                one.running(),
                one.most(),
                earlier(one.oldestReady(), other.oldestReady()));
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.isBefore(other) ? one : other;
    }

    /// Sets or takes away how many jobs of a type may run at once. What runs already goes on; the
    /// next claim keeps to it.
    ///
    /// @throws Refused 404 if there never was a job of the type; 400 for a limit below 1
    TypeStatus limit(Handle handle, String type, TypeLimit limit, String by) {
        if (status(handle, type, clock.instant()).isEmpty()) {
            throw Refused.notFound("job type", type);
        }
        Integer most = limit.most();
        if (most != null && (most < 1 || most > MOST)) {
            throw Refused.badRequest(
                    "most",
                    "A limit is a number from 1 to "
                            + MOST
                            + "; to let none run, pause the type. Nothing was changed.");
        }
        if (most == null) {
            handle.createUpdate("DELETE FROM job_limit WHERE type = :type")
                    .bind("type", type)
                    .execute();
        } else {
            set(handle, type, most, requireNonNullElse(limit.reason(), ""), by);
        }
        TypeStatus after = status(handle, type, clock.instant()).orElseThrow();
        events.publish(handle, Kind.JOB_TYPE, type, after);
        return after;
    }

    private void set(Handle handle, String type, int most, String reason, String by) {
        handle.createUpdate(
                        """
                        INSERT INTO job_limit (type, most, set_by, reason, set_at)
                        VALUES (:type, :most, :by, :reason, :now)
                        ON CONFLICT (type) DO UPDATE SET most = excluded.most,
                            set_by = excluded.set_by, reason = excluded.reason,
                            set_at = excluded.set_at""")
                .bind("type", type)
                .bind("most", most)
                .bind("by", by)
                .bind("reason", reason)
                .bind("now", clock.millis())
                .execute();
    }
}
