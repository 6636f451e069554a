package dev.slipway.backend.schedules;

import static dev.slipway.api.schedules.ScheduleRunState.DONE;
import static dev.slipway.api.schedules.ScheduleRunState.FAILED;
import static dev.slipway.api.schedules.ScheduleRunState.MISSED;
import static dev.slipway.api.schedules.ScheduleRunState.SKIPPED;
import static dev.slipway.api.schedules.ScheduleRunState.STARTED;
import static dev.slipway.api.schedules.ScheduleRunState.WAITING;
import static dev.slipway.backend.schedules.SchedulesFixture.OPERATOR;
import static dev.slipway.backend.schedules.SchedulesFixture.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.schedules.CatchUp;
import dev.slipway.api.schedules.ChangeSchedule;
import dev.slipway.api.schedules.OfDate;
import dev.slipway.api.schedules.Overlap;
import dev.slipway.api.schedules.PauseSchedule;
import dev.slipway.api.schedules.RestoreSchedule;
import dev.slipway.api.schedules.RunCause;
import dev.slipway.api.schedules.Schedule;
import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.api.schedules.ScheduleRunState;
import dev.slipway.api.schedules.ScheduleSpec;
import dev.slipway.backend.http.Refused;
import dev.slipway.testing.States;
import dev.slipway.testing.TestClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;

/// What becomes of due times: caught up on, missed, skipped, waiting, failed; and what people do.
@ParameterizedClass
@EnumSource(States.class)
class SchedulerIT {
    private static final String NAME = "daily";
    private static final LocalDate MONDAY = LocalDate.of(2026, 11, 23);

    private final States engine;
    @TempDir Path folder;
    private final TestClock clock = new TestClock(Instant.parse("2026-11-23T12:00:00Z"));
    private SchedulesFixture fixture;
    private Schedules backend;
    private Scheduler scheduler;

    SchedulerIT(States engine) {
        this.engine = engine;
    }

    @BeforeEach
    void open() {
        fixture = new SchedulesFixture(engine, folder, clock);
        backend = fixture.backend(clock);
        started();
    }

    /// A backend's process, begun at this moment.
    private void started() {
        scheduler = backend.scheduler(() -> clock.millis() * 1_000_000);
    }

    @AfterEach
    void close() {
        scheduler.close();
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource({
        "ALL,    STARTED STARTED STARTED",
        "LATEST, MISSED MISSED STARTED",
        "NONE,   MISSED MISSED MISSED"
    })
    void catchesUpAfterThreeDaysAsItsPolicySays(CatchUp catchUp, String states) {
        fixture.add(backend, NAME, spec("0 2 * * *", "UTC", catchUp, 60, Overlap.ALLOW));
        at("2026-11-26T08:00:00Z");
        assertThat(states()).isEqualTo(states(states));
        assertThat(runs())
                .allSatisfy(
                        run ->
                                assertThat(run.cause())
                                        .isEqualTo(
                                                run.state() == STARTED
                                                        ? RunCause.CATCH_UP
                                                        : RunCause.SCHEDULED));
        assertThat(fixture.jobs(NAME)).hasSize((int) count(STARTED));
        // and it goes on as if nothing had been
        at("2026-11-27T02:00:00Z");
        assertThat(runs().getLast().state()).isEqualTo(STARTED);
        assertThat(runs().getLast().cause()).isEqualTo(RunCause.SCHEDULED);
    }

    @ParameterizedTest
    @CsvSource({"2026-11-24T03:00:00Z, STARTED", "2026-11-24T03:00:01Z, MISSED"})
    void withinItsGraceARunIsLateAndNotMissed(Instant now, ScheduleRunState state) {
        fixture.add(backend, NAME, spec("0 2 * * *", "UTC", CatchUp.NONE, 60, Overlap.ALLOW));
        clock.set(now);
        scheduler.tick();
        assertThat(states()).containsExactly(state);
    }

    @Test
    void waitsForTheRunBeforeIt() {
        fixture.add(backend, NAME, spec("0 2 * * *", "UTC", CatchUp.ALL, 60, Overlap.WAIT));
        at("2026-11-24T02:00:00Z");
        at("2026-11-25T02:00:00Z");
        at("2026-11-26T02:00:00Z");
        assertThat(states()).containsExactly(STARTED, WAITING, WAITING);
        assertThat(fixture.jobs(NAME)).containsExactly("2026-11-23");

        fixture.end(NAME, MONDAY, "SUCCEEDED", null, clock.instant());
        at("2026-11-26T02:10:00Z");
        assertThat(states()).containsExactly(DONE, STARTED, WAITING);
        assertThat(runs().get(1).startedAt()).isEqualTo(clock.instant());
        fixture.end(NAME, MONDAY.plusDays(1), "DEAD", "out of paper", clock.instant());
        at("2026-11-26T02:20:00Z");
        assertThat(states()).containsExactly(DONE, FAILED, STARTED);
        assertThat(runs().get(1).reason()).isEqualTo("out of paper");
    }

    @Test
    void skipsWhatComesDueWhileTheRunBeforeIsOn() {
        fixture.add(backend, NAME, spec("0 2 * * *", "UTC", CatchUp.ALL, 60, Overlap.SKIP));
        at("2026-11-24T02:00:00Z");
        at("2026-11-25T02:00:00Z");
        assertThat(states()).containsExactly(STARTED, SKIPPED);
        assertThat(runs().getLast().reason()).contains("still on");
    }

    @Test
    void aJobThatIsRaisedFromTheDeadRaisesItsRun() {
        daily();
        at("2026-11-24T02:00:00Z");
        fixture.end(NAME, MONDAY, "DEAD", "no paper", clock.instant());
        at("2026-11-24T02:01:00Z");
        assertThat(states()).containsExactly(FAILED);
        fixture.end(NAME, MONDAY, "SUCCEEDED", null, clock.instant());
        at("2026-11-24T02:02:00Z");
        assertThat(states()).containsExactly(DONE);
        assertThat(runs().getFirst().reason()).isEmpty();
    }

    @Test
    void whatComesDueInAPauseIsSkippedAlsoWhenNoBackendWasThere() {
        daily();
        var until = Instant.parse("2026-11-25T12:00:00Z");
        pause("the books are open", until);
        assertThat(schedule().pause()).isNotNull();
        // down over two due times, the second after the pause's end
        at("2026-11-26T08:00:00Z");
        assertThat(states()).containsExactly(SKIPPED, SKIPPED, STARTED);
        assertThat(runs().getFirst().reason()).isEqualTo("paused by olga: the books are open");
        assertThat(schedule().pause()).isNull();
    }

    @Test
    void aPauseWithoutEndHoldsUntilSomeoneEndsIt() {
        daily();
        pause("stocktaking", null);
        at("2026-11-24T02:00:00Z");
        fixture.run(backend.service().resume(NAME, OPERATOR));
        at("2026-11-25T02:00:00Z");
        assertThat(states()).containsExactly(SKIPPED, STARTED);
        assertThatThrownBy(() -> pause(" ", null)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> pause("x", clock.instant())).isInstanceOf(Refused.class);
    }

    @Test
    void aPersonRunsADateOnceAndTheScheduleFindsItRun() {
        daily();
        clock.set(Instant.parse("2026-11-24T02:00:00Z"));
        ScheduleRun run = runNow(MONDAY);
        assertThat(run.state()).isEqualTo(STARTED);
        assertThat(run.by()).isEqualTo("olga");
        assertThat(run.dueAt()).isEqualTo(Instant.parse("2026-11-24T02:00:00Z"));
        at("2026-11-24T02:00:00Z");
        assertThatThrownBy(() -> runNow(MONDAY)).hasMessageContaining("a date is run once");
        fixture.end(NAME, MONDAY, "SUCCEEDED", null, clock.instant());
        at("2026-11-24T02:01:00Z");
        assertThatThrownBy(() -> runNow(MONDAY)).hasMessageContaining("has run already");
        assertThat(fixture.jobs(NAME)).containsExactly("2026-11-23");
        assertThatThrownBy(() -> runNow(LocalDate.of(2026, 11, 25)))
                .hasMessageContaining("still to come");
    }

    /// Monday is not over at noon: what is run then would lack its second half, and for good.
    @Test
    void aDateWhoseTimeIsToComeIsRefusedAndRunsByItself() {
        daily();
        assertThatThrownBy(() -> runNow(MONDAY))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("still to come, 2026-11-24 at 02:00 UTC")
                .hasMessageContaining("runs by itself");
        fixture.run(people().skip(NAME, new OfDate(MONDAY, ""), OPERATOR));
        assertThatThrownBy(() -> runNow(MONDAY)).hasMessageContaining("still to come");
        fixture.run(people().unskip(NAME, new OfDate(MONDAY, ""), OPERATOR));
        at("2026-11-24T02:00:00Z");
        assertThat(states()).containsExactly(STARTED);
        assertThat(runs().getFirst().by()).isNull();
    }

    @Test
    void whatWasMissedSkippedOrFailedMayBeRunByAPerson() {
        fixture.add(backend, NAME, spec("0 2 * * *", "UTC", CatchUp.NONE, 60, Overlap.ALLOW));
        at("2026-11-24T08:00:00Z");
        assertThat(states()).containsExactly(MISSED);
        runNow(MONDAY);
        assertThat(states()).containsExactly(STARTED);
        fixture.end(NAME, MONDAY, "DEAD", "no paper", clock.instant());
        at("2026-11-24T09:00:00Z");
        runNow(MONDAY);
        assertThat(states()).containsExactly(STARTED);
    }

    @Test
    void aSkippedDateIsSkippedWhateverBecomesOfTheTimeAndMayBeTakenBack() {
        daily();
        LocalDate next = schedule().next().getFirst().businessDate();
        fixture.run(people().skip(NAME, new OfDate(next, "holiday"), OPERATOR));
        assertThat(schedule().next().getFirst().state()).isEqualTo(SKIPPED);
        assertThatThrownBy(() -> fixture.run(people().skip(NAME, new OfDate(next, ""), OPERATOR)))
                .hasMessageContaining("SKIPPED already");
        change(spec("0 4 * * *", "UTC"));
        at("2026-11-24T04:00:00Z");
        assertThat(states()).containsExactly(SKIPPED);
        assertThatThrownBy(() -> fixture.run(people().unskip(NAME, new OfDate(next, ""), OPERATOR)))
                .hasMessageContaining("No run of 2026-11-23 is to come");

        LocalDate tomorrow = next.plusDays(1);
        fixture.run(people().skip(NAME, new OfDate(tomorrow, ""), OPERATOR));
        fixture.run(people().unskip(NAME, new OfDate(tomorrow, ""), OPERATOR));
        at("2026-11-25T04:00:00Z");
        assertThat(states()).containsExactly(SKIPPED, STARTED);
    }

    /// The due time moves over the clock's hand; the date must be run all the same, and once.
    @Test
    void anEditNeverRunsADateTwice() {
        daily();
        at("2026-11-24T02:00:00Z");
        change(spec("0 14 * * *", "UTC"));
        assertThat(schedule().next().getFirst().state()).isEqualTo(STARTED);
        at("2026-11-24T14:00:00Z");
        at("2026-11-25T14:00:00Z");
        assertThat(fixture.jobs(NAME)).containsExactly("2026-11-23", "2026-11-24");
    }

    /// The due time moves over the clock's hand the other way: nobody would run the date.
    @Test
    void aDateThatAnEditKeepsFromRunningIsMissedAndMayBeRun() {
        daily();
        at("2026-11-24T01:30:00Z");
        change(spec("0 1 * * *", "UTC"));
        assertThat(states()).containsExactly(MISSED);
        assertThat(runs().getFirst().reason()).contains("changed by olga");
        assertThat(schedule().last()).isEqualTo(runs().getFirst());
        assertThat(lastChange())
                .isEqualTo("cron: 0 2 * * * → 0 1 * * *; no longer runs by itself: 2026-11-23");
        at("2026-11-24T03:00:00Z");
        assertThat(fixture.jobs(NAME)).isEmpty();
        runNow(MONDAY);
        at("2026-11-25T01:00:00Z");
        assertThat(fixture.jobs(NAME)).containsExactly("2026-11-23", "2026-11-24");
    }

    @Test
    void aDateThatAnUndoKeepsFromRunningIsMissed() {
        daily();
        change(spec("0 4 * * *", "UTC"));
        at("2026-11-24T03:00:00Z");
        fixture.run(
                backend.service()
                        .restore(NAME, new RestoreSchedule(1, schedule().version(), ""), OPERATOR));
        assertThat(states()).containsExactly(MISSED);
        at("2026-11-25T02:00:00Z");
        assertThat(states()).containsExactly(MISSED, STARTED);
    }

    @Test
    void datesBetweenFewerDaysBackAreMissed() {
        ScheduleSpec one = spec("0 2 * * *", "UTC");
        fixture.add(backend, NAME, daysBack(one, 3));
        change(daysBack(one, 0));
        // due on Tuesday, Wednesday and Thursday before; on their own days at 02:00 now
        assertThat(runs())
                .extracting(ScheduleRun::businessDate)
                .containsExactly(MONDAY.minusDays(2), MONDAY.minusDays(1), MONDAY);
        assertThat(count(MISSED)).isEqualTo(3);
        at("2026-11-24T02:00:00Z");
        assertThat(fixture.jobs(NAME)).containsExactly("2026-11-24");
    }

    @Test
    void aDateThatAnEditNoLongerNamesOrOnlyPutsOffIsNotMissed() {
        daily();
        change(spec("0 3 * * *", "UTC"));
        change(spec("0 3 * * 1", "UTC"));
        assertThat(runs()).isEmpty();
        assertThat(lastChange()).isEqualTo("cron: 0 3 * * * → 0 3 * * 1");
    }

    private String lastChange() {
        return backend.service().versions(NAME, Long.MAX_VALUE, 1).items().getFirst().change();
    }

    @Test
    void whatWasNotEnabledIsNotCaughtUpOn() {
        ScheduleSpec on = spec("0 2 * * *", "UTC");
        fixture.add(backend, NAME, on);
        change(enabled(on, false));
        assertThat(schedule().next()).isEmpty();
        at("2026-11-25T08:00:00Z");
        change(enabled(on, true));
        at("2026-11-25T09:00:00Z");
        assertThat(runs()).isEmpty();
        at("2026-11-26T02:00:00Z");
        assertThat(states()).containsExactly(STARTED);
    }

    @Test
    void aRefusedStartLeavesNoJobAndSaysWhy() {
        daily();
        fixture.failWith(SchedulesFixture.refused());
        at("2026-11-24T02:00:00Z");
        assertThat(states()).containsExactly(FAILED);
        assertThat(runs().getFirst().reason()).isEqualTo("The shop is closed.");
        assertThat(fixture.jobs(NAME)).isEmpty();
        fixture.failWith(null);
        runNow(MONDAY);
        assertThat(fixture.jobs(NAME)).containsExactly("2026-11-23");
    }

    @Test
    void aFaultInOneScheduleIsTriedAgainThenShownAndKeepsNoOtherFromRunning() {
        daily();
        fixture.failWith(new IllegalStateException("a bug"));
        at("2026-11-24T02:00:00Z");
        assertThat(runs()).isEmpty();
        fixture.failWith(null);
        at("2026-11-24T02:00:01Z");
        assertThat(states()).containsExactly(STARTED);

        fixture.failWith(new IllegalStateException("a bug"));
        at("2026-11-25T02:00:00Z");
        scheduler.tick();
        scheduler.tick();
        assertThat(states()).containsExactly(STARTED, FAILED);
        assertThat(runs().getLast().reason()).contains("IllegalStateException");
        assertThat(fixture.jobs(NAME)).containsExactly("2026-11-23");
    }

    /// A clock that ran ahead wrote down as missed what had not come yet; then it was put right.
    @Test
    void whatAWrongClockMissedComesDueAfterAll() {
        fixture.add(backend, NAME, spec("0 2 * * *", "UTC", CatchUp.NONE, 60, Overlap.ALLOW));
        clock.set(Instant.parse("2026-11-30T12:00:00Z"));
        started();
        scheduler.tick();
        assertThat(count(MISSED)).isEqualTo(7);
        clock.set(Instant.parse("2026-11-23T12:10:00Z"));
        started();
        scheduler.tick();
        assertThat(runs()).isEmpty();
        at("2026-11-24T02:00:00Z");
        assertThat(states()).containsExactly(STARTED);
    }

    @Test
    void aJumpOfTheClockIsWaitedOutBeforeAnythingStarts() {
        daily();
        long[] nanos = {0};
        var watched = backend.scheduler(() -> nanos[0]);
        watched.tick();
        clock.set(Instant.parse("2026-11-24T02:00:30Z"));
        nanos[0] += 1_000_000_000L;
        watched.tick();
        assertThat(runs()).isEmpty();
        clock.forward(Duration.ofSeconds(119));
        nanos[0] += 119_000_000_000L;
        watched.tick();
        assertThat(runs()).isEmpty();
        clock.forward(Duration.ofSeconds(1));
        nanos[0] += 1_000_000_000L;
        watched.tick();
        assertThat(states()).containsExactly(STARTED);
        watched.close();
    }

    @Test
    void aTaskThatIsNoMoreIsShownAndFailsItsRuns() {
        daily();
        var other =
                new Schedules(
                        fixture.store,
                        (_, _, _, _) -> {},
                        dev.slipway.backend.http.WireJson.mapper(),
                        new Tasks(List.of()),
                        clock);
        assertThat(other.service().one(NAME).problem()).contains("knows no task 'test.effect'");
        clock.set(Instant.parse("2026-11-24T02:00:00Z"));
        try (var lost = other.scheduler(() -> 0)) {
            lost.tick();
        }
        assertThat(states()).containsExactly(FAILED);
    }

    private void daily() {
        fixture.add(backend, NAME, spec("0 2 * * *", "UTC"));
    }

    private static ScheduleSpec daysBack(ScheduleSpec spec, int daysBack) {
        return new ScheduleSpec(
                spec.cron(),
                spec.zone(),
                spec.task(),
                spec.parameters(),
                daysBack,
                spec.catchUp(),
                spec.graceMinutes(),
                spec.overlap(),
                spec.enabled());
    }

    private static ScheduleSpec enabled(ScheduleSpec spec, boolean enabled) {
        return new ScheduleSpec(
                spec.cron(),
                spec.zone(),
                spec.task(),
                spec.parameters(),
                spec.daysBack(),
                spec.catchUp(),
                spec.graceMinutes(),
                spec.overlap(),
                enabled);
    }

    private void change(ScheduleSpec spec) {
        fixture.run(
                backend.service()
                        .change(
                                NAME,
                                new ChangeSchedule(spec, schedule().version(), ""),
                                OPERATOR));
    }

    private void pause(String reason, @org.jspecify.annotations.Nullable Instant until) {
        fixture.run(backend.service().pause(NAME, new PauseSchedule(reason, until), OPERATOR));
    }

    private RunService people() {
        return new RunService(backend);
    }

    private ScheduleRun runNow(LocalDate date) {
        return fixture.run(people().run(NAME, new OfDate(date, ""), OPERATOR));
    }

    private void at(String now) {
        clock.set(Instant.parse(now));
        scheduler.tick();
    }

    private Schedule schedule() {
        return backend.service().one(NAME);
    }

    private List<ScheduleRun> runs() {
        return fixture.runs(backend, NAME);
    }

    private List<ScheduleRunState> states() {
        return runs().stream().map(ScheduleRun::state).toList();
    }

    private long count(ScheduleRunState state) {
        return states().stream().filter(state::equals).count();
    }

    private static List<ScheduleRunState> states(String words) {
        return List.of(words.split(" ")).stream().map(ScheduleRunState::valueOf).toList();
    }
}
