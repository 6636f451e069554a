package dev.slipway.backend.queues;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.Job;
import dev.slipway.backend.store.Events;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// The queue as a table of the state database.
public final class SqlJobQueue implements JobQueue {
    private final ObjectMapper json;
    private final Events events;
    private final InstantSource clock;
    private final JobIds ids;
    private final Moves moves;

    public SqlJobQueue(
            ObjectMapper json, Events events, InstantSource clock, RandomGenerator random) {
        this.json = json;
        this.events = events;
        this.clock = clock;
        this.ids = new JobIds(clock, random);
        this.moves = new Moves(events, clock);
    }

    @Override
    public String publish(Handle handle, NewJob job) {
        String id = ids.next();
        Optional<StoredJob> fresh = insert(handle, id, job);
        if (fresh.isEmpty()) {
            return standing(handle, job);
        }
        events.publish(handle, Kind.JOB, id, fresh.get().job());
        return id;
    }

    @Override
    public String again(Handle handle, NewJob job, String user) {
        // given up so long ago that only its key is known
        handle.createUpdate("DELETE FROM job_key WHERE unique_key = :key AND given_up = 1")
                .bind("key", job.key())
                .execute();
        String id = publish(handle, job);
        Jobs.byId(handle, id)
                .filter(standing -> JobAct.RAISE.allowedFrom(standing.job().state()))
                .ifPresent(standing -> moves.act(handle, standing, JobAct.RAISE, user, ""));
        return id;
    }

    @Override
    public Optional<Job> find(Handle handle, String id) {
        return Jobs.byId(handle, id).map(StoredJob::job);
    }

    /// Empty if there is such a job already.
    private Optional<StoredJob> insert(Handle handle, String id, NewJob job) {
        long now = clock.millis();
        Instant at = job.at();
        return handle.createQuery(
                        """
                        INSERT INTO job (id, unique_key, queue, type, subject, payload, state,
                            max_attempts, allowance, created_at, changed_at, run_at, due_at,
                            priority, alive_key)
                        SELECT :id, :key, :queue, :type, :subject, :payload, 'READY',
                            :attempts, :attempts, :now, :now, :at, :at,
                            :priority, cast(:alive AS TEXT)
                        WHERE NOT EXISTS (SELECT 1 FROM job_key WHERE unique_key = :key)
                        ON CONFLICT DO NOTHING
                        RETURNING\s"""
                                + StoredJob.COLUMNS)
                .bind("id", id)
                .bind("key", job.key())
                .bind("queue", job.queue())
                .bind("type", job.type())
                .bind("subject", job.subject())
                .bind("payload", write(job.payload()))
                .bind("attempts", job.maxAttempts())
                .bind("now", now)
                .bind("at", at == null ? now : Math.max(now, at.toEpochMilli()))
                .bind("priority", job.priority().level())
                .bind("alive", job.aliveKey())
                .map(StoredJob::map)
                .findOne();
    }

    private static String standing(Handle handle, NewJob job) {
        return handle.createQuery(
                        """
                        SELECT id FROM job WHERE unique_key = :key
                        UNION ALL SELECT id FROM job_key WHERE unique_key = :key
                        UNION ALL SELECT id FROM job
                            WHERE alive_key = :alive AND due_at IS NOT NULL""")
                .bind("key", job.key())
                .bind("alive", job.aliveKey())
                .mapTo(String.class)
                .first();
    }

    private String write(Object payload) {
        try {
            return json.writeValueAsString(payload);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(
                    "a job's payload can't be written as JSON: " + payload.getClass().getName(), e);
        }
    }
}
