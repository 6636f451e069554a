package dev.slipway.backend.queues;

import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.Pause;
import dev.slipway.api.queues.TypeLimit;
import dev.slipway.api.queues.TypeStatus;
import dev.slipway.api.queues.Wait;
import dev.slipway.backend.http.Answer;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.queues.dispatch.Dispatch;
import dev.slipway.backend.queues.holds.Holds;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Pauses queues and types of job, limits types, and says what waits because of it.
public final class HoldService {
    private final StateStore store;
    private final Holds holds;
    private final JobTypes types;
    private final InstantSource clock;

    public HoldService(StateStore store, Events events, Holds holds, InstantSource clock) {
        this.store = store;
        this.holds = holds;
        this.types = new JobTypes(events, clock);
        this.clock = clock;
    }

    public List<Hold> all() {
        return store.read(holds::all);
    }

    public List<TypeStatus> types() {
        return store.read(handle -> JobTypes.statuses(handle, clock.instant()));
    }

    /// Why a job does not run at this moment; empty if it runs or has ended.
    Optional<Wait> wait(String id) {
        return store.read(
                handle -> {
                    Job job =
                            Jobs.byId(handle, id)
                                    .orElseThrow(() -> Refused.notFound("job", id))
                                    .job();
                    Instant now = clock.instant();
                    TypeStatus type = JobTypes.status(handle, job.type(), now).orElse(null);
                    boolean kept = Dispatch.keepsFromWorkers(handle, job.type());
                    return Wait.of(job, holds.all(handle), type, kept, now);
                });
    }

    /// Lets no job of a queue or type start from now on; what runs goes on to its end.
    Effect<Hold> pause(HoldKind kind, String name, Pause pause, String by) {
        return Effect.of(
                handle -> {
                    known(handle, kind, name);
                    return holds.pause(handle, kind, name, pause, by);
                });
    }

    /// Lets it go on; what isn't paused stays as it is.
    Effect<Answer> resume(HoldKind kind, String name) {
        return Effect.of(
                handle -> {
                    holds.resume(handle, kind, name);
                    return new Answer(204, null, Map.of());
                });
    }

    Effect<TypeStatus> limit(String type, TypeLimit limit, String by) {
        return Effect.of(handle -> types.limit(handle, type, limit, by));
    }

    private static void known(Handle handle, HoldKind kind, String name) {
        String column = kind == HoldKind.QUEUE ? "queue" : "type";
        boolean known =
                handle.createQuery("SELECT count(*) FROM job_lane WHERE " + column + " = :name")
                                .bind("name", name)
                                .mapTo(Long.class)
                                .one()
                        > 0;
        if (!known) {
            throw Refused.notFound(kind == HoldKind.QUEUE ? "queue" : "job type", name);
        }
    }

    /// What is paused, and the types.
    public List<Change> snapshot() {
        Instant now = clock.instant();
        List<Change> changes = new ArrayList<>();
        for (Hold hold : all()) {
            changes.add(new Change(Kind.HOLD.wire(), hold.id(), now, hold));
        }
        for (TypeStatus type : types()) {
            changes.add(new Change(Kind.JOB_TYPE.wire(), type.type(), now, type));
        }
        return changes;
    }
}
