package dev.slipway.backend.queues.repair;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.queues.JobFilter;
import dev.slipway.api.queues.NewRepair;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.RepairAct;
import dev.slipway.api.queues.RepairState;
import dev.slipway.api.queues.StartRepair;
import dev.slipway.backend.access.AuditLog;
import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.queues.holds.Holds;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.StateStore;
import dev.slipway.testing.Effects;
import dev.slipway.testing.FailedJobs;
import dev.slipway.testing.FailedJobs.Lot;
import dev.slipway.testing.States;
import dev.slipway.testing.TestClock;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/// Repairs over a state database of its own, by a clock that the test moves.
final class RepairFixture implements AutoCloseable {
    static final Instant START = Instant.parse("2026-11-22T03:00:00Z");
    static final ObjectMapper JSON = WireJson.mapper();
    static final JobFilter CARD = filter("mail", "mail.send", "card", null);

    final TestClock clock = new TestClock(START);
    final StateStore store;
    final EventLog events;
    final RepairStore repairs;
    final Holds holds;
    final RepairService service;
    final RepairRunner runner;

    RepairFixture(States states, Path folder) {
        store = states.open(folder);
        events = new EventLog(JSON, clock);
        repairs = new RepairStore(JSON, events);
        holds = new Holds(events, clock);
        service = new RepairService(store, repairs, holds, clock);
        runner = runner("one");
    }

    RepairRunner runner(String name) {
        return new RepairRunner(
                name, store, repairs, holds, new AuditLog(store, events, clock), clock);
    }

    static JobFilter filter(
            @Nullable String queue,
            @Nullable String type,
            @Nullable String fingerprint,
            @Nullable String text) {
        return new JobFilter(queue, type, fingerprint, text, null, null);
    }

    /// Jobs that failed within the hour before.
    void failed(String name, int jobs, String fingerprint) {
        failed(new Lot(name, jobs, "mail", "mail.send", fingerprint, START.minusSeconds(3_600)));
    }

    void failed(Lot lot) {
        FailedJobs.add(store, lot);
    }

    Repair preview(RepairAct act, JobFilter filter) {
        return preview(new NewRepair(act, filter, null));
    }

    Repair preview(NewRepair asked) {
        return Effects.done(store, service.preview(service.drafted(asked, "olga")));
    }

    Repair start(Repair repair, int rate) {
        return Effects.done(
                store,
                service.start(
                        repair.id(), new StartRepair(rate, 1, 10, "the shop is back"), "olga"));
    }

    Repair now(Repair repair) {
        return service.repair(repair.id());
    }

    /// Lets time pass until something holds, a fifth of a second at a time.
    void until(BooleanSupplier holds) {
        for (int i = 0; i < 100_000 && !holds.getAsBoolean(); i++) {
            clock.forward(Duration.ofMillis(200));
            runner.tick();
        }
        if (!holds.getAsBoolean()) {
            throw new AssertionError("it never came");
        }
    }

    void until(Repair repair, RepairState state) {
        until(() -> now(repair).state() == state);
    }

    /// Ends what a repair has put back, as workers would: by SQL, and with it all at once.
    ///
    /// @param failing which share fails again: jobs whose number is divisible by it; 0 for none
    int work(int failing) {
        return work("1 = 1", failing);
    }

    /// Lets workers do well what a condition names.
    void works(String which) {
        work(which, 0);
    }

    private int work(String which, int failing) {
        return store.write(
                handle -> {
                    long now = clock.millis();
                    handle.createUpdate(
                                    "UPDATE job SET state = 'RUNNING', attempt = attempt + 1,"
                                            + " worker = 'by-sql' WHERE state = 'READY' AND "
                                            + which)
                            .execute();
                    return handle.createUpdate(
                                    """
                                    UPDATE job SET due_at = NULL, ended_at = :now,
                                        changed_at = :now,
                                        state = CASE WHEN :failing > 0 AND seq % :by = 0
                                            THEN 'DEAD' ELSE 'SUCCEEDED' END
                                    WHERE state = 'RUNNING'""")
                            .bind("now", now)
                            .bind("failing", failing)
                            .bind("by", Math.max(1, failing))
                            .execute();
                });
    }

    long count(String condition) {
        return store.read(
                handle ->
                        handle.createQuery("SELECT count(*) FROM job WHERE " + condition)
                                .mapTo(Long.class)
                                .one());
    }

    /// Jobs whose log says more than once that a repair took them.
    long takenTwice() {
        return store.read(
                handle ->
                        handle.createQuery(
                                        "SELECT count(*) FROM (SELECT job FROM job_line"
                                                + " WHERE message LIKE '%by a repair of%'"
                                                + " GROUP BY job HAVING count(*) > 1) AS twice")
                                .mapTo(Long.class)
                                .one());
    }

    @Override
    public void close() {
        runner.close();
        store.close();
    }
}
