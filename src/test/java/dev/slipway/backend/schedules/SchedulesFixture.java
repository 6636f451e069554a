package dev.slipway.backend.schedules;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.access.Role;
import dev.slipway.api.schedules.AddSchedule;
import dev.slipway.api.schedules.CatchUp;
import dev.slipway.api.schedules.Overlap;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.schedules.ScheduleSpec;
import dev.slipway.api.schedules.ScheduleTask;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.queues.JobQueue;
import dev.slipway.backend.queues.JobQueue.NewJob;
import dev.slipway.backend.queues.SqlJobQueue;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.StateStore;
import dev.slipway.testing.States;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Schedules in a state database of their own. Its task publishes a job whose key is the job's own
/// number, not the date's: if a date were started twice, there would be two jobs.
final class SchedulesFixture implements AutoCloseable {
    static final Actor OPERATOR = new Actor("olga", Role.OPERATOR);
    static final Actor FINANCE = new Actor("fritz", Role.FINANCE);
    private static final ObjectMapper JSON = WireJson.mapper();

    final StateStore store;
    private final EventLog events;
    private final Effects effects;

    SchedulesFixture(States engine, Path folder, InstantSource clock) {
        store = engine.open(folder);
        events = new EventLog(JSON, clock);
        effects = new Effects(new SqlJobQueue(JSON, events, clock, new Random(1)));
    }

    /// A backend's schedules, by the clock of its machine.
    Schedules backend(InstantSource clock) {
        return backend(store, clock);
    }

    /// The same with connections of its own.
    Schedules backend(StateStore own, InstantSource clock) {
        return new Schedules(own, events, JSON, new Tasks(List.of(effects)), clock);
    }

    static ScheduleSpec spec(String cron, String zone) {
        return spec(cron, zone, CatchUp.ALL, 60, Overlap.ALLOW);
    }

    static ScheduleSpec spec(
            String cron, String zone, CatchUp catchUp, int graceMinutes, Overlap overlap) {
        return new ScheduleSpec(
                cron,
                zone,
                Effects.NAME,
                Map.of("what", "all"),
                1,
                catchUp,
                graceMinutes,
                overlap,
                true);
    }

    Schedule add(Schedules backend, String name, ScheduleSpec spec) {
        return run(backend.edits().add(new AddSchedule(name, spec, ""), OPERATOR)).schedule();
    }

    <T> T run(Effect<T> effect) {
        return store.write(effect::in);
    }

    List<ScheduleRun> runs(Schedules backend, String name) {
        return backend.service().runs(name, "9999-12-31", 500).items().reversed();
    }

    /// The jobs of a schedule's dates, straight from the table.
    List<String> jobs(String name) {
        return store.read(
                handle ->
                        handle.createQuery(
                                        "SELECT subject FROM job WHERE queue = :name ORDER BY"
                                                + " subject, seq")
                                .bind("name", name)
                                .mapTo(String.class)
                                .list());
    }

    /// Ends a date's job as a worker would leave it.
    void end(String name, LocalDate date, String state, @Nullable String error, Instant at) {
        store.writing(
                handle -> {
                    handle.createUpdate(
                                    """
                                    UPDATE job SET state = 'RUNNING', due_at = 0 WHERE queue = :name
                                      AND subject = :date""")
                            .bind("name", name)
                            .bind("date", date.toString())
                            .execute();
                    handle.createUpdate(
                                    """
                                    UPDATE job SET state = :state, due_at = NULL, error = :error,
                                      fingerprint = :error, ended_at = :at
                                    WHERE queue = :name AND subject = :date""")
                            .bind("name", name)
                            .bind("date", date.toString())
                            .bind("state", state)
                            .bind("error", error)
                            .bind("at", at.toEpochMilli())
                            .execute();
                });
    }

    void failWith(@Nullable RuntimeException failure) {
        effects.failure = failure;
    }

    @Override
    public void close() {
        store.close();
    }

    private static final class Effects implements Task {
        static final String NAME = "test.effect";

        private final JobQueue queue;
        private volatile @Nullable RuntimeException failure;
        private int number;

        Effects(JobQueue queue) {
            this.queue = queue;
        }

        @Override
        public ScheduleTask description() {
            return new ScheduleTask(
                    NAME,
                    "Leaves a job.",
                    List.of(
                            new ScheduleTask.Parameter(
                                    "what", "of what", List.of("all", "some"), "")),
                    List.of(Role.OPERATOR, Role.ONCALL));
        }

        @Override
        public Started start(Handle handle, Order order) {
            String queueName = order.key().split(":")[1];
            var job =
                    new NewJob(
                            queueName,
                            NAME,
                            order.businessDate().toString(),
                            order.key() + ":" + ++number,
                            Map.of(),
                            1);
            String id = queue.publish(handle, job);
            RuntimeException wanted = failure;
            if (wanted != null) {
                throw wanted;
            }
            return Started.job(id);
        }
    }

    static Refused refused() {
        return Refused.conflict("The shop is closed.");
    }
}
