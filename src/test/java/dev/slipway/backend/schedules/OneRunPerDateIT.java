package dev.slipway.backend.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.schedules.ScheduleRun;
import dev.slipway.backend.store.StateStore;
import dev.slipway.testing.States;
import dev.slipway.testing.TestClock;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

/// One run for each business date: both changes of the clocks, three zones, a backend that is down
/// over the due time, two backends at once, and a clock that is put back over the due time or runs
/// ahead of it for a moment; each with each, on SQLite, and with two backends on PostgreSQL. The
/// expected instants are worked out by hand from the zones' published rules.
class OneRunPerDateIT {
    private static final Duration STEP = Duration.ofMinutes(10);

    @TempDir static Path folder;
    private static final Map<States, SchedulesFixture> FIXTURES = new EnumMap<>(States.class);
    private static final Map<States, StateStore> SECOND = new EnumMap<>(States.class);
    private static ExecutorService threads;
    private static int number;

    /// @param before the due time on the day before the change of the clocks
    /// @param change on the day itself
    /// @param after on the day after
    record Change(String zone, String time, Instant before, Instant change, Instant after) {
        Change(String zone, String time, String before, String change, String after) {
            this(zone, time, Instant.parse(before), Instant.parse(change), Instant.parse(after));
        }
    }

    enum Clock {
        STEADY,
        BACK_OVER_THE_DUE_TIME,
        AHEAD_FOR_A_MOMENT
    }

    static Stream<Arguments> everyDisturbanceWithEach() {
        List<Change> changes =
                List.of(
                        new Change(
                                "Europe/Berlin",
                                "30 2",
                                "2026-03-28T01:30:00Z",
                                "2026-03-29T01:00:00Z",
                                "2026-03-30T00:30:00Z"),
                        new Change(
                                "Europe/Berlin",
                                "30 2",
                                "2026-10-24T00:30:00Z",
                                "2026-10-25T00:30:00Z",
                                "2026-10-26T01:30:00Z"),
                        new Change(
                                "America/New_York",
                                "30 2",
                                "2026-03-07T07:30:00Z",
                                "2026-03-08T07:00:00Z",
                                "2026-03-09T06:30:00Z"),
                        new Change(
                                "America/New_York",
                                "30 1",
                                "2026-10-31T05:30:00Z",
                                "2026-11-01T05:30:00Z",
                                "2026-11-02T06:30:00Z"),
                        new Change(
                                "Australia/Lord_Howe",
                                "15 2",
                                "2026-10-02T15:45:00Z",
                                "2026-10-03T15:30:00Z",
                                "2026-10-04T15:15:00Z"),
                        new Change(
                                "Australia/Lord_Howe",
                                "45 1",
                                "2026-04-03T14:45:00Z",
                                "2026-04-04T14:45:00Z",
                                "2026-04-05T15:15:00Z"));
        List<Arguments> all = new ArrayList<>();
        for (Change change : changes) {
            for (boolean down : List.of(false, true)) {
                for (int backends : List.of(1, 2)) {
                    for (Clock clock : Clock.values()) {
                        all.add(Arguments.of(States.SQLITE, change, down, backends, clock));
                        if (backends == 2) {
                            all.add(Arguments.of(States.POSTGRES, change, down, 2, clock));
                        }
                    }
                }
            }
        }
        return all.stream();
    }

    @BeforeAll
    static void open() {
        threads = Executors.newVirtualThreadPerTaskExecutor();
    }

    @AfterAll
    static void close() {
        threads.close();
        SECOND.values().forEach(StateStore::close);
        FIXTURES.values().forEach(SchedulesFixture::close);
    }

    private static SchedulesFixture fixture(States engine) {
        return FIXTURES.computeIfAbsent(
                engine,
                _ ->
                        new SchedulesFixture(
                                engine,
                                folder.resolve(engine.name()),
                                new TestClock(Instant.EPOCH)));
    }

    /// The connections of a second backend.
    private static StateStore second(States engine) {
        fixture(engine);
        return SECOND.computeIfAbsent(engine, _ -> engine.open(folder.resolve(engine.name())));
    }

    @ParameterizedTest
    @MethodSource("everyDisturbanceWithEach")
    void oneRunForEachBusinessDate(
            States engine, Change change, boolean down, int backends, Clock disturbance)
            throws Exception {
        String name = "case-" + ++number;
        SchedulesFixture fixture = fixture(engine);
        var world = new World(engine, change, backends);
        fixture.add(
                world.backends.getFirst(),
                name,
                SchedulesFixture.spec(change.time + " * * *", change.zone));

        world.until(change.change.minus(STEP));
        if (down) {
            world.down(change.change.plus(Duration.ofHours(3)));
        }
        world.until(world.now().plus(STEP.multipliedBy(2)));
        switch (disturbance) {
            case STEADY -> {}
            case BACK_OVER_THE_DUE_TIME -> world.put(change.change.minus(Duration.ofHours(1)));
            case AHEAD_FOR_A_MOMENT -> {
                Instant right = world.now();
                world.put(change.after.plus(Duration.ofHours(30)));
                world.put(right);
            }
        }
        world.until(change.after.plus(STEP));

        List<ScheduleRun> runs = fixture.runs(world.backends.getFirst(), name);
        LocalDate first = LocalDate.ofInstant(change.before, java.time.ZoneId.of(change.zone));
        assertThat(runs.stream().map(ScheduleRun::dueAt))
                .containsExactly(change.before, change.change, change.after);
        assertThat(runs.stream().map(ScheduleRun::businessDate))
                .containsExactly(first.minusDays(1), first, first.plusDays(1));
        assertThat(runs).allSatisfy(run -> assertThat(run.startedAt()).isNotNull());
        assertThat(runs)
                .allSatisfy(run -> assertThat(run.startedAt()).isAfterOrEqualTo(run.dueAt()));
        assertThat(fixture.jobs(name))
                .containsExactly("" + first.minusDays(1), "" + first, "" + first.plusDays(1));
        fixture.run(world.backends.getFirst().edits().remove(name, "", SchedulesFixture.OPERATOR));
    }

    /// Backends that look at their schedules as time goes on. The second one's clock is 20 s
    /// behind.
    private static final class World {
        private final List<TestClock> clocks = new ArrayList<>();
        private final List<Schedules> backends = new ArrayList<>();
        private final List<Scheduler> schedulers = new ArrayList<>();
        private long nanos;

        World(States engine, Change change, int number) {
            for (int i = 0; i < number; i++) {
                var clock = new TestClock(change.before.minus(Duration.ofHours(2 + i)));
                clock.forward(Duration.ofHours(i).minusSeconds(20L * i));
                clocks.add(clock);
                SchedulesFixture fixture = fixture(engine);
                backends.add(fixture.backend(i == 0 ? fixture.store : second(engine), clock));
            }
            restart();
        }

        private void restart() {
            schedulers.clear();
            backends.forEach(backend -> schedulers.add(backend.scheduler(() -> nanos)));
        }

        Instant now() {
            return clocks.getFirst().instant();
        }

        void until(Instant end) throws Exception {
            while (now().isBefore(end)) {
                clocks.forEach(clock -> clock.forward(STEP));
                nanos += STEP.toNanos();
                tick();
            }
        }

        /// No backend is there; then other processes are.
        void down(Instant until) throws Exception {
            Duration gone = Duration.between(now(), until);
            clocks.forEach(clock -> clock.forward(gone));
            restart();
            tick();
        }

        /// Someone sets all clocks; a second passes.
        void put(Instant at) throws Exception {
            Duration by = Duration.between(now(), at);
            clocks.forEach(clock -> clock.forward(by));
            nanos += 1_000_000_000L;
            tick();
        }

        /// All look at once.
        private void tick() throws Exception {
            List<Callable<Void>> looks = new ArrayList<>();
            for (Scheduler scheduler : schedulers) {
                looks.add(
                        () -> {
                            scheduler.tick();
                            return null;
                        });
            }
            for (Future<Void> look : threads.invokeAll(looks)) {
                look.get();
            }
        }
    }
}
