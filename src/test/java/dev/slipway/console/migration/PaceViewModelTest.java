package dev.slipway.console.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.api.migration.Pace;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.RunTiming;
import dev.slipway.api.migration.Waiting;
import dev.slipway.testing.MuchData;
import dev.slipway.testing.Screens;

import javafx.beans.property.ReadOnlyObjectWrapper;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class PaceViewModelTest {
    private final Screens screens = new Screens();
    private final MuchData data = new MuchData(Screens.NOW);
    private final ReadOnlyObjectWrapper<@Nullable Run> selected = new ReadOnlyObjectWrapper<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Run> changed = new ArrayList<>();
    private final PaceViewModel pace =
            new PaceViewModel(
                    new Commands(),
                    screens.commander,
                    screens.access,
                    InstantSource.fixed(Screens.NOW),
                    screens.words,
                    selected.getReadOnlyProperty(),
                    changed::add);

    @BeforeEach
    void online() throws Exception {
        screens.online(Role.OPERATOR);
    }

    @Test
    void saysWhyTheRunWaitsAndSinceWhen() {
        Instant since = Screens.NOW.minusSeconds(12);
        show(RunState.RUNNING, timing(new Waiting("Threads_running 31 is above 20", since, null)));

        assertThat(pace.waiting().get())
                .isEqualTo(
                        "Waiting: Threads_running 31 is above 20, since 12 s. It goes on by itself.");
        assertThat(pace.limits().get())
                .contains("Window: Mon 22:00–06:00 UTC")
                .contains("Limits: Threads_running ≤ 20")
                .contains("closes at")
                .contains("the copy ends about");
        show(RunState.RUNNING, timing(null));
        assertThat(pace.waiting().get()).isEmpty();
    }

    @Test
    void saysWhenAClosedWindowOpens() {
        Instant opens = Screens.NOW.plusSeconds(3_600);
        show(RunState.QUEUED, timing(new Waiting("the window is closed", Screens.NOW, opens)));

        assertThat(pace.waiting().get()).contains("the window is closed").contains("in 60 min");
    }

    @Test
    void aPaceIsSetAndWhatIsEmptyIsAsThePlanSays() throws Exception {
        show(RunState.RUNNING, timing(null));
        pace.rate().set("2,500");
        pace.set();
        screens.answered();

        assertThat(asked).containsExactly("run-7 2500 0");
        assertThat(changed).hasSize(1);
    }

    @Test
    void whatIsNoNumberIsSaidBesideTheFieldAndNotSent() {
        show(RunState.RUNNING, timing(null));
        for (String wrong : List.of("fast", "0", "-5", "1.5", "99999999")) {
            pace.chunk().set(wrong);
            pace.set();
            assertThat(pace.problem().get())
                    .as(wrong)
                    .isEqualTo("Rows per chunk: a whole number from 1 to 100,000, or empty.");
        }
        assertThat(asked).isEmpty();
        pace.chunk().set("50");
        assertThat(pace.problem().get()).isEmpty();
    }

    @Test
    void newsOfTheRunDoNotWriteOverWhatSomeoneTypes() {
        show(RunState.RUNNING, timing(null));
        pace.rate().set("7");
        show(RunState.RUNNING, timing(new Waiting("x", Screens.NOW, null)));
        assertThat(pace.rate().get()).isEqualTo("7");

        show(RunState.RUNNING, timing(null).withPace(new Pace(900, 40)));
        assertThat(pace.rate().get()).isEqualTo("900");
        assertThat(pace.chunk().get()).isEqualTo("40");
    }

    @Test
    void aRunThatIsOverHasNoPaceAndAViewerMaySetNone() throws Exception {
        show(RunState.VALIDATED, timing(null));
        assertThat(pace.gate().reason().get()).contains("validated");
        screens.online(Role.VIEWER);
        show(RunState.RUNNING, timing(null));
        assertThat(pace.gate().open()).isFalse();
        pace.set();
        assertThat(asked).isEmpty();
    }

    private static RunTiming timing(@Nullable Waiting waiting) {
        return new RunTiming(
                "Mon 22:00–06:00 UTC",
                "Threads_running ≤ 20",
                Pace.OF_PLAN,
                waiting,
                Screens.NOW.plusSeconds(600),
                Screens.NOW.plusSeconds(900));
    }

    private void show(RunState state, RunTiming timing) {
        selected.set(run(state, timing));
    }

    private Run run(RunState state, RunTiming timing) {
        Run r = data.migration().run();
        return new Run(
                r.id(),
                r.plan(),
                state,
                r.startedBy(),
                r.createdAt(),
                r.startedAt(),
                r.endedAt(),
                r.steps(),
                0,
                null,
                null,
                r.jobId(),
                timing);
    }

    private final class Commands implements MigrationCommands {
        @Override
        public Run pace(String id, Pace wanted) {
            asked.add(id + " " + wanted.rowsPerSecond() + " " + wanted.chunkRows());
            return run(RunState.RUNNING, timing(null).withPace(wanted));
        }

        @Override
        public Run start(String plan) {
            throw new AssertionError(plan);
        }

        @Override
        public Run pause(String id) {
            throw new AssertionError(id);
        }

        @Override
        public Run resume(String id) {
            throw new AssertionError(id);
        }

        @Override
        public Run cancel(String id) {
            throw new AssertionError(id);
        }
    }
}
