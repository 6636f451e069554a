package dev.slipway.backend.migration.engine;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.migration.Pace;
import dev.slipway.api.migration.QuarantineState;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.StepState;
import dev.slipway.api.migration.Waiting;
import dev.slipway.backend.migration.ledger.QuarantineFilter;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.throttle.Brake;
import dev.slipway.backend.migration.throttle.Gate;
import dev.slipway.testing.TestClock;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// A replay is as gentle on the shop as the run whose rows it takes up.
class GentleReplayIT {
    private static final String NIGHTS =
            "window: {zone: Europe/Vienna, open: [{from: \"22:00\", to: \"06:00\"}]}\n";
    private static final Instant NOON = Instant.parse("2026-06-05T10:00:00Z");
    private static final Instant OPENING = Instant.parse("2026-06-05T20:00:00Z");
    private static final Waiting BUSY =
            new Waiting("Threads_running 31 is above 20", Instant.EPOCH, null);

    /// Rows that the wider plan takes.
    private static final IntPredicate MENDED =
            id ->
                    ReplayShop.misspelt(id)
                            && !ReplayShop.ownerless(id)
                            && !ReplayShop.unpriced(id)
                            && !ReplayShop.tooDear(id);

    @TempDir Path folder;

    @SuppressWarnings("NullAway.Init")
    private ReplayWorld world;

    private final Seen seen = new Seen();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private final Control control = () -> over.get() ? Control.Signal.PAUSE : Control.Signal.GO;
    private final Gate ceiling = () -> busy.get() ? new Gate.Word.Wait(BUSY) : new Gate.Word.Go();
    private long sales;

    @BeforeEach
    void migrate() throws Exception {
        world = ReplayWorld.fresh(folder, "sqlite", "sqlite");
        assertThat(world.engine(ReplayShop.PLAN).state()).isEqualTo(RunState.VALIDATED);
        sales = world.sales();
    }

    /// Also what a changed plan is held against is read by the gate.
    @Test
    void aClosedWindowIsWaitedForWithNothingInHand() throws Exception {
        var clock = new TestClock(NOON);
        String yaml = NIGHTS + ReplayShop.WIDER;
        Gate window =
                Gate.patient(new Brake(PlanReader.read("r.yaml", yaml, folder).window(), clock));
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                AutoCloseable _ = () -> over.set(true)) {
            Future<ReplayOutcome> replay =
                    threads.submit(() -> world.replay(yaml, misspelt(), window, control, seen));
            eventually("it waits", () -> seen.waiting.get() != null);
            Waiting waiting = Objects.requireNonNull(seen.waiting.get());
            assertThat(waiting.reason()).startsWith("the window is closed (daily 22:00");
            assertThat(waiting.until()).isEqualTo(OPENING);
            nothingIsHeld();
            assertThat(world.sales()).isEqualTo(sales);

            clock.forward(Duration.between(NOON, OPENING));

            ReplayOutcome outcome = replay.get();
            assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RunState.VALIDATED);
            assertThat(outcome.replayed().written()).isEqualTo(count(MENDED)).isPositive();
            assertThat(seen.waiting.get()).isNull();
        }
        world.conserved();
    }

    @Test
    void stoppedWhileItWaitsToBeginItChangesNothing() throws Exception {
        busy.set(true);
        String before = world.everything();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                AutoCloseable _ = () -> over.set(true)) {
            var replay =
                    threads.submit(
                            () ->
                                    world.replay(
                                            ReplayShop.PLAN, misspelt(), ceiling, control, seen));
            eventually("it waits", () -> seen.waiting.get() != null);
            over.set(true);
            assertThatThrownBy(replay::get)
                    .cause()
                    .isInstanceOf(Stopped.class)
                    .hasMessage(
                            "it was stopped while it waited: Threads_running 31 is above 20; nothing was changed");
        }
        assertThat(world.everything()).isEqualTo(before);
    }

    /// What stands is not left unchecked: the run is paused until it goes on and checks it.
    @Test
    void stoppedBeforeItsChecksItLeavesThemToTheRun() throws Exception {
        var rows = new AtomicBoolean();
        Gate busyAfterTheRows = () -> rows.get() ? new Gate.Word.Wait(BUSY) : new Gate.Word.Go();
        Control afterTheFirst =
                () -> {
                    rows.set(!world.batches.isEmpty() && world.batches.getLast() > 0);
                    return rows.get() ? Control.Signal.PAUSE : Control.Signal.GO;
                };
        long corrected = world.correct("sales", null, "price", "n/a", "1,50");

        ReplayOutcome outcome =
                world.replay(ReplayShop.PLAN, step(), busyAfterTheRows, afterTheFirst, seen);

        assertThat(corrected).isPositive();
        assertThat(outcome.replayed().written()).isPositive();
        assertThat(outcome.state()).isEqualTo(RunState.PAUSED);
        assertThat(outcome.reason())
                .startsWith("what was replayed stands, but is not checked yet")
                .contains("it was stopped");
        assertThat(outcome.steps())
                .filteredOn(s -> s.name().equals("sales"))
                .allMatch(s -> s.state() == StepState.VALIDATING);
        assertThat(checksOfSales()).isZero();
        world.conserved();

        Outcome goneOn = world.engine(ReplayShop.PLAN);

        assertThat(goneOn.state()).as(goneOn.reason()).isEqualTo(RunState.VALIDATED);
        assertThat(checksOfSales()).isPositive();
        assertThat(world.sales()).isEqualTo(sales + outcome.replayed().written());
    }

    @Test
    void aCeilingHoldsItUpBetweenTwoBatches() throws Exception {
        Control slow = paced(4);
        Gate gate =
                () -> {
                    if (world.batches.size() == 3 && !over.get()) {
                        busy.set(true);
                    }
                    return ceiling.word();
                };
        try (var threads = Executors.newVirtualThreadPerTaskExecutor();
                AutoCloseable _ = () -> over.set(true)) {
            var replay =
                    threads.submit(
                            () -> world.replay(ReplayShop.WIDER, misspelt(), gate, slow, seen));
            eventually("it waits", () -> seen.waiting.get() != null);
            assertThat(seen.waiting.get()).isEqualTo(BUSY);
            nothingIsHeld();
            assertThat(world.batches).hasSize(3);
            over.set(true);
            busy.set(false);
            assertThat(replay.get().state()).isEqualTo(RunState.VALIDATED);
        }
        assertThat(world.sales()).isEqualTo(sales + count(MENDED));
    }

    @Test
    void noMoreThanTheRateIsReadInASecond() throws Exception {
        int rate = 8;
        long begun = System.nanoTime();

        ReplayOutcome outcome =
                world.replay(ReplayShop.WIDER, misspelt(), Gate.OPEN, paced(rate), seen);

        Duration took = Duration.ofNanos(System.nanoTime() - begun);
        long tried = outcome.replayed().tried();
        assertThat(tried).isGreaterThan(rate);
        for (int i = 1; i < world.batches.size(); i++) {
            assertThat(world.batches.get(i) - world.batches.get(i - 1)).isLessThanOrEqualTo(rate);
        }
        assertThat(took).isGreaterThan(Duration.ofSeconds((tried - rate) / rate));
    }

    private static Control paced(int rowsPerSecond) {
        return new Control() {
            @Override
            public Signal signal() {
                return Signal.GO;
            }

            @Override
            public Pace pace() {
                return new Pace(rowsPerSecond, 0);
            }
        };
    }

    /// Someone else can write into the target at once.
    private void nothingIsHeld() throws Exception {
        world.changeTarget("PRAGMA busy_timeout = 0; CREATE TABLE other (id INTEGER)");
    }

    private long checksOfSales() throws Exception {
        return world.number(
                "SELECT count(*) FROM " + world.ledger("validation") + " WHERE step = 'sales'");
    }

    private static QuarantineFilter misspelt() {
        return filter("enum");
    }

    private static QuarantineFilter step() {
        return filter("");
    }

    private static QuarantineFilter filter(String rule) {
        return new QuarantineFilter(
                "sales", null, rule, EnumSet.allOf(QuarantineState.class), "", List.of());
    }

    private static long count(IntPredicate which) {
        return IntStream.rangeClosed(1, ReplayShop.SALES).filter(which).count();
    }
}
