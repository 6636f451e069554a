package dev.slipway.console.queues;

import static dev.slipway.testing.Workplace.NOW;
import static dev.slipway.testing.Workplace.closed;
import static dev.slipway.testing.Workplace.shows;
import static dev.slipway.testing.Workplace.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Paths;
import dev.slipway.api.access.Role;
import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.RepairState;
import dev.slipway.client.offline.Document;
import dev.slipway.console.shell.Screen;
import dev.slipway.testing.ConsoleHarness;
import dev.slipway.testing.MuchData;
import dev.slipway.testing.UiBeats;
import dev.slipway.testing.UiGaps;
import dev.slipway.testing.Workplace;

import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/// A hundred thousand failed jobs are repaired from the screen.
class RepairScreenTest {
    private static final Duration BLOCKED = Duration.ofMillis(50);
    private static final int RUNS = 6;
    private static final int TRIES = 4;

    @TempDir Path folder;
    private Workplace place;
    private ConsoleHarness console;

    @BeforeEach
    void open() throws Exception {
        place = new Workplace(folder);
        console = place.console();
        place.keep(200);
        place.answer(200);
        console.online(Role.ONCALL);
        console.show(Screen.QUEUES);
        console.await(place::isShown);
    }

    @AfterEach
    void close() throws Exception {
        place.close();
    }

    private void has(RepairState state) throws Exception {
        var repair = new MuchData(NOW).work().repair(state);
        console.store().take("2", List.of(Document.of(Kind.REPAIR, repair.id(), repair)));
        place.breathe();
    }

    @Test
    void whatIsUnderWayIsShownWhoeverStartedIt() throws Exception {
        has(RepairState.RUNNING);
        console.await(() -> shows("repairHeadline"));

        assertThat(text("repairHeadline")).contains("11,400 of 100,000", "200");
        assertThat(text("repairDetail"))
                .contains("asked for by olga", "10,970 succeeded", "42 failed again");
        assertThat(closed("repairPause")).isFalse();
        assertThat(closed("repairStart")).isTrue();
        console.offline(Duration.ofSeconds(42));
        console.await(() -> closed("repairPause"));
        assertThat(text("repairHeadline")).contains("11,400 of 100,000");
    }

    @Test
    void countedWithOtherFiltersItMustBeCountedAgain() throws Exception {
        has(RepairState.COUNTED);
        place.keys().tabTo("allMatching").press(KeyCode.SPACE);
        console.await(() -> !closed("repairStart"));

        place.keys().tabTo("text").type("Atelier 7");

        console.await(() -> closed("repairStart"));
        assertThat(place.backend().commands()).isEmpty();
    }

    @Test
    void aWrongTimeIsSaidAndNothingIsSearched() throws Exception {
        place.keys().tabTo("failedFrom").type("tomorrow");
        console.await(() -> text("filterProblem").contains("tomorrow"));
        place.keys().press(KeyCode.ENTER);
        place.breathe();

        assertThat(place.backend().requests("GET", Paths.JOBS))
                .noneMatch(asked -> String.valueOf(asked.getTarget()).contains("from="));
        place.keys().press(KeyCode.A, KeyCode.CONTROL).type("2h");
        console.await(() -> !shows("filterProblem"));
        console.await(
                () ->
                        place.backend().requests("GET", Paths.JOBS).stream()
                                .anyMatch(
                                        asked ->
                                                String.valueOf(asked.getTarget())
                                                        .contains("from=2026-11-22T01")));
    }

    /// A hundred thousand are retried: from the confirmation to the end, with the news of the jobs
    /// that end meanwhile, nothing keeps the UI thread for long.
    @Test
    void theWindowAnswersAllTheWhile() throws Exception {
        var work = new MuchData(NOW).work();
        place.backend()
                .answer(
                        "POST " + Paths.REPAIRS + "/repair-1/start",
                        200,
                        work.repair(RepairState.PROBING));
        has(RepairState.COUNTED);
        place.keys().tabTo("allMatching").press(KeyCode.SPACE);
        console.await(() -> !closed("repairStart"));
        // what is done for the first time is compiled and laid out for the first time
        place.keys().tabTo("repairStart").press(KeyCode.SPACE);
        place.asked();
        place.keys().press(KeyCode.ESCAPE);
        console.await(() -> !shows("confirm-act"));
        news(0, 40);

        try (var gaps = UiGaps.begin()) {
            console.await(() -> gaps.turns() > 100);
            gaps.anew();
            place.keys().tabTo("repairStart").press(KeyCode.SPACE);
            place.asked();
            place.keys().tabTo("confirm-act").press(KeyCode.SPACE);
            console.await(() -> !place.backend().commands().isEmpty());
            news(40, 140);
            console.await(() -> text("repairHeadline").contains("99,000 of 100,000"));

            assertThat(gaps.turns()).isGreaterThan(200);
            assertThat(gaps.longest()).isLessThan(Duration.ofMillis(50));
            // and the measure sees what it is there for
            ConsoleHarness.run(() -> busyFor(Duration.ofMillis(80)));
            console.await(() -> gaps.longest().compareTo(Duration.ofMillis(70)) > 0);
        }
    }

    /// The same by the wall clock: what is given to the UI thread meanwhile is done within 50 ms,
    /// but for the time that the machine keeps its threads waiting. That holds for each run but
    /// one, for a machine that is very busy does more than is counted now and then; what blocks in
    /// one of three blocks. Where the system does not tell what the machine did it holds for the
    /// run in the middle.
    @Test
    void theWindowAnswersByTheWallClockToo() throws Exception {
        place.backend()
                .answer(
                        "POST " + Paths.REPAIRS + "/repair-1/start",
                        200,
                        new MuchData(NOW).work().repair(RepairState.PROBING));
        has(RepairState.COUNTED);
        place.keys().tabTo("allMatching").press(KeyCode.SPACE);
        news(0, 40);
        // what is done for the first time is compiled and laid out for the first time
        keptWaiting("first", () -> {});
        boolean exact;
        try (var beats = new UiBeats()) {
            exact = beats.exact();
        }
        List<Duration> waits = new ArrayList<>();
        for (int run = 1; run <= RUNS; run++) {
            waits.add(keptWaiting("run " + run, () -> {}));
        }
        Collections.sort(waits);
        assertThat(waits.get(exact ? RUNS - 2 : RUNS / 2)).isLessThan(BLOCKED);
        // and the measure sees what it is there for, in the midst of it: one who works, one who
        // waits for something
        isSeen("busy", () -> busyFor(Duration.ofMillis(90)));
        isSeen("waiting", () -> LockSupport.parkNanos(90_000_000));
    }

    /// Now and then the thread that draws waits for a processor just then, and that is taken off.
    private void isSeen(String what, Runnable block) throws Exception {
        Duration most = Duration.ZERO;
        for (int time = 0; time < TRIES && most.compareTo(BLOCKED) <= 0; time++) {
            most = Collections.max(List.of(most, keptWaiting(what, block)));
        }
        assertThat(most).as(what).isGreaterThan(BLOCKED);
    }

    /// Retries all.
    ///
    /// @param once done on the UI thread in the middle of it
    /// @return for how long the UI thread kept someone waiting at most
    private Duration keptWaiting(String name, Runnable once) throws Exception {
        try (var beats = new UiBeats()) {
            retryAll(once);
            System.out.printf(
                    "retry-all, %s, %d beats: longest wait for the UI thread %d ms, for an idle one"
                            + " %d ms; by its own doing %d ms%n",
                    name,
                    beats.number(),
                    beats.ui().toMillis(),
                    beats.idle().toMillis(),
                    beats.later().toMillis());
            assertThat(beats.number()).isGreaterThan(20);
            return beats.later();
        }
    }

    /// From the count that is there to the end.
    private void retryAll(Runnable once) throws Exception {
        has(RepairState.COUNTED);
        console.await(() -> !closed("repairStart"));
        place.keys().tabTo("repairStart").press(KeyCode.SPACE);
        place.asked();
        place.keys().tabTo("confirm-act").press(KeyCode.SPACE);
        console.await(() -> !shows("confirm-act"));
        news(40, 90);
        ConsoleHarness.run(once);
        news(90, 140);
        console.await(() -> text("repairHeadline").contains("99,000 of 100,000"));
    }

    private static void busyFor(Duration cpu) {
        var threads = ManagementFactory.getThreadMXBean();
        long end = threads.getCurrentThreadCpuTime() + cpu.toNanos();
        while (threads.getCurrentThreadCpuTime() < end) {
            Thread.onSpinWait();
        }
    }

    /// Each second's news as the stream brings them: how far it is, and a hundred jobs that
    /// changed.
    private void news(int from, int to) throws Exception {
        var work = new MuchData(NOW).work();
        List<Job> jobs = work.jobs(200);
        for (int i = from; i < to; i++) {
            List<Document> news = new ArrayList<>();
            for (int j = 0; j < 100; j++) {
                Job job = jobs.get((i * 100 + j) % jobs.size());
                news.add(Document.of(Kind.JOB, job.id(), job));
            }
            long moved = i < 40 ? 0 : (i - 39) * 990L;
            RepairState state = i < 40 ? RepairState.COUNTED : RepairState.RUNNING;
            Repair repair = work.repair(state, moved);
            news.add(Document.of(Kind.REPAIR, repair.id(), repair));
            work.queues().forEach(q -> news.add(Document.of(Kind.QUEUE, q.name(), q)));
            console.store().take("n" + i, news);
            ConsoleHarness.run(() -> {});
        }
    }

    @Test
    void pictures() throws Exception {
        for (RepairState state :
                List.of(
                        RepairState.COUNTED,
                        RepairState.RUNNING,
                        RepairState.STOPPED,
                        RepairState.DONE)) {
            has(state);
            if (!ConsoleHarness.onUi(() -> shows("repairHeadline"))) {
                place.keys().tabTo("allMatching").press(KeyCode.SPACE);
            }
            console.await(() -> shows("repairHeadline"));
            console.settle();
            console.picture("repair-" + state.name().toLowerCase(Locale.ROOT));
        }
        console.offline(Duration.ofSeconds(42));
        console.picture("repair-offline");
    }
}
