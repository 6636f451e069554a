package dev.slipway.console.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.api.queues.JobState;
import dev.slipway.api.queues.NewRepair;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.RepairAct;
import dev.slipway.api.queues.RepairState;
import dev.slipway.api.queues.StartRepair;
import dev.slipway.client.calls.JobQuery;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.LoadState;
import dev.slipway.testing.MuchData;
import dev.slipway.testing.Screens;

import javafx.beans.property.ReadOnlyObjectWrapper;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

class RepairViewModelTest {
    private final Screens screens = new Screens();
    private final Backend backend = new Backend();
    private final ReadOnlyObjectWrapper<JobQuery> query =
            new ReadOnlyObjectWrapper<>(this, "query", JobQuery.ALL);
    private final RepairViewModel model =
            new RepairViewModel(
                    backend,
                    query.getReadOnlyProperty(),
                    screens.commander,
                    screens.access,
                    screens.words);

    @Test
    void countsWhatTheListShowsAndNamesWhatAStartWouldDo() throws Exception {
        screens.online(Role.ONCALL, true);
        model.count();
        screens.answered();

        assertThat(backend.asked).containsExactly("preview RETRY null");
        assertThat(model.headline()).isEqualTo("100,000 failed jobs to be retried");
        assertThat(model.detail()).contains("Left alone: 31 that try again");
        var asked = model.beforeStart().orElseThrow();
        assertThat(asked.title()).isEqualTo("Retry 100,000 failed jobs?");
        assertThat(asked.consequence())
                .contains("every failed job", "up to 200 a second", "10 % fail again");
        assertThat(asked.complete("", "")).isFalse();
        assertThat(asked.complete("shop-live", "")).isTrue();

        model.pace().rate().set("1,000");
        model.pace().stop().set("5");
        model.start("");
        screens.answered();
        assertThat(backend.asked).last().isEqualTo("start 1000 1 5");
        assertThat(model.fixed()).isTrue();
    }

    @Test
    void figuresThatAreNoneAndOtherFiltersCloseTheStart() throws Exception {
        screens.online(Role.OPERATOR);
        model.count();
        screens.answered();
        for (String wrong : List.of("", "0", "-1", "10,001", "many", "99999999999")) {
            model.pace().rate().set(wrong);
            assertThat(model.startGate().open()).as(wrong).isFalse();
        }
        model.pace().rate().set("10");
        assertThat(model.startGate().open()).isTrue();

        query.set(new JobQuery("mail", null, JobState.DEAD, null, null, null, null));
        assertThat(model.startGate().reason().get()).contains("count again");
        model.start("");
        assertThat(backend.asked).hasSize(1);
    }

    @Test
    void onlyFailedJobsAreTakenAllAtOnce() {
        screens.online(Role.OPERATOR);
        query.set(JobQuery.in(JobState.RUNNING));
        assertThat(model.countGate().reason().get()).contains("choose the state Dead");
        query.set(JobQuery.in(JobState.DEAD));
        assertThat(model.countGate().open()).isTrue();
        model.act().set(RepairAct.MOVE);
        assertThat(model.countGate().reason().get()).contains("Name the queue");
        model.target().set("hospital");
        assertThat(model.countGate().open()).isTrue();
    }

    @Test
    void othersMayOnlyLook() {
        screens.online(Role.FINANCE);
        model.showAll(ready(RepairState.RUNNING));

        assertThat(model.open().get()).isTrue();
        assertThat(model.headline()).contains("11,400 of 100,000");
        assertThat(model.pauseGate().reason().get()).contains("operator");
        model.pause();
        model.cancel();
        assertThat(backend.asked).isEmpty();
    }

    @Test
    void offlineItSaysHowFarItWasAndGivesNoCommand() {
        screens.online(Role.OPERATOR);
        model.showAll(ready(RepairState.RUNNING));
        screens.offline();

        assertThat(model.share()).isEqualTo(0.114);
        assertThat(model.cancelGate().reason().get()).contains("can't be reached");
        model.cancel();
        assertThat(backend.asked).isEmpty();
    }

    @Test
    void aRefusalIsToldAndNothingIsChanged() throws Exception {
        screens.online(Role.OPERATOR);
        model.showAll(ready(RepairState.RUNNING));
        backend.refuse = true;
        model.cancel();
        screens.answered();

        assertThat(screens.problems).extracting(Problem::detail).containsExactly("It is done.");
        assertThat(model.repair().get()).extracting(Repair::state).isEqualTo(RepairState.RUNNING);
    }

    @Test
    void pausesGoesOnAndCancels() throws Exception {
        screens.online(Role.OPERATOR);
        model.showAll(ready(RepairState.RUNNING));
        model.pause();
        screens.answered();
        assertThat(model.pauseGate().open()).isFalse();
        model.resume();
        screens.answered();
        model.cancel();
        screens.answered();

        assertThat(backend.asked).containsExactly("pause", "resume", "cancel");
        assertThat(model.headline()).contains("88,600 are as they were");
        assertThat(model.cancelGate().open()).isFalse();
    }

    private static Repair repair(RepairState state) {
        return new MuchData(Screens.NOW).work().repair(state);
    }

    private static LoadState<List<Repair>> ready(RepairState state) {
        return new LoadState.Ready<>(List.of(repair(state)), Screens.NOW);
    }

    private static final class Backend implements RepairCommands {
        final List<String> asked = new ArrayList<>();
        boolean refuse;

        @Override
        public Repair preview(NewRepair asking) throws ProblemException {
            return done(
                    "preview " + asking.act() + " " + asking.filter().queue(), RepairState.COUNTED);
        }

        @Override
        public Repair start(String id, StartRepair how) throws ProblemException {
            return done(
                    "start " + how.rate() + " " + how.probe() + " " + how.stopPercent(),
                    RepairState.PROBING);
        }

        @Override
        public Repair pause(String id) throws ProblemException {
            return done("pause", RepairState.PAUSED);
        }

        @Override
        public Repair resume(String id) throws ProblemException {
            return done("resume", RepairState.PROBING);
        }

        @Override
        public Repair cancel(String id) throws ProblemException {
            return done("cancel", RepairState.CANCELLED);
        }

        private synchronized Repair done(String what, RepairState state) throws ProblemException {
            if (refuse) {
                throw Screens.refused(409, "It is done.");
            }
            asked.add(what);
            return repair(state);
        }
    }
}
