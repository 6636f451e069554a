package dev.slipway.backend.schedules;

import static dev.slipway.backend.schedules.SchedulesFixture.OPERATOR;
import static dev.slipway.backend.schedules.SchedulesFixture.spec;

import dev.slipway.api.schedules.ChangeSchedule;
import dev.slipway.api.schedules.OfDate;
import dev.slipway.api.schedules.PauseSchedule;
import dev.slipway.api.schedules.RestoreSchedule;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.schedules.ScheduleRunState;
import dev.slipway.api.schedules.ScheduleSpec;
import dev.slipway.testing.States;
import dev.slipway.testing.TestClock;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// A backend with one schedule, on a Monday at noon, and an operator who minds it.
final class OneSchedule implements AutoCloseable {
    static final String NAME = "daily";
    static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

    final TestClock clock = new TestClock(Instant.parse("2026-11-23T12:00:00Z"));
    final SchedulesFixture fixture;
    final Schedules backend;
    private Scheduler scheduler;

    OneSchedule(States engine, Path folder) {
        fixture = new SchedulesFixture(engine, folder, clock);
        backend = fixture.backend(clock);
        scheduler = begun();
    }

    private Scheduler begun() {
        return backend.scheduler(() -> clock.millis() * 1_000_000);
    }

    /// The backend's process is begun anew at this moment.
    void startAgain() {
        scheduler.close();
        scheduler = begun();
    }

    void add(ScheduleSpec spec) {
        fixture.add(backend, NAME, spec);
    }

    /// Of each date, at two on the day after.
    void everyNight() {
        add(spec("0 2 * * *", "UTC"));
    }

    void at(String now) {
        clock.set(Instant.parse(now));
        tick();
    }

    void tick() {
        scheduler.tick();
    }

    /// Ends a date's job as a worker would leave it.
    void end(LocalDate date, String state, @Nullable String error) {
        fixture.end(NAME, date, state, error, clock.instant());
    }

    void change(ScheduleSpec spec) {
        var change = new ChangeSchedule(spec, now().version(), "");
        fixture.run(backend.edits().change(NAME, change, OPERATOR));
    }

    void restore(int version) {
        var wanted = new RestoreSchedule(version, now().version(), "");
        fixture.run(backend.edits().restore(NAME, wanted, OPERATOR));
    }

    void pause(String reason, @Nullable Instant until) {
        fixture.run(backend.pauses().pause(NAME, new PauseSchedule(reason, until), OPERATOR));
    }

    void resume() {
        fixture.run(backend.pauses().resume(NAME, OPERATOR));
    }

    ScheduleRun runNow(LocalDate date) {
        return fixture.run(people().run(NAME, new OfDate(date, ""), OPERATOR));
    }

    void skip(LocalDate date, String reason) {
        fixture.run(people().skip(NAME, new OfDate(date, reason), OPERATOR));
    }

    void unskip(LocalDate date) {
        fixture.run(people().unskip(NAME, new OfDate(date, ""), OPERATOR));
    }

    private RunService people() {
        return new RunService(backend);
    }

    Schedule now() {
        return backend.service().one(NAME);
    }

    String lastChange() {
        return backend.service().versions(NAME, Long.MAX_VALUE, 1).items().getFirst().change();
    }

    List<ScheduleRun> runs() {
        return fixture.runs(backend, NAME);
    }

    List<ScheduleRunState> states() {
        return runs().stream().map(ScheduleRun::state).toList();
    }

    long count(ScheduleRunState state) {
        return states().stream().filter(state::equals).count();
    }

    /// The dates for which there is a job.
    List<String> jobs() {
        return fixture.jobs(NAME);
    }

    @Override
    public void close() {
        scheduler.close();
        fixture.close();
    }
}
