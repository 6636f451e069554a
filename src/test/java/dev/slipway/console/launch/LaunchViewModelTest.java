package dev.slipway.console.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Reason;
import dev.slipway.api.access.Role;
import dev.slipway.api.launch.Launch;
import dev.slipway.api.launch.SetWeight;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.RunSync;
import dev.slipway.api.migration.SyncState;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.migration.Readiness;
import dev.slipway.testing.MuchMigration;
import dev.slipway.testing.Screens;
import dev.slipway.testing.ShopData;

import org.junit.jupiter.api.Test;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class LaunchViewModelTest {
    private final Screens screens = new Screens();
    private final Router router = new Router();
    private final RollBack rollBack =
            new RollBack(router, screens.background, InstantSource.fixed(Screens.NOW));
    private final LaunchViewModel model =
            new LaunchViewModel(
                    router,
                    screens.commander,
                    rollBack,
                    screens.access,
                    InstantSource.fixed(Screens.NOW),
                    screens.words);

    @Test
    void showsThreeFiguresAndWhoChangedThem() {
        model.show(ready(launch(10, 8, 9.4, false)));

        assertThat(model.shares().intended().get().text()).isEqualTo("10 %");
        assertThat(model.shares().reported().get().text()).isEqualTo("8 %");
        assertThat(model.shares().measured().get().text()).isEqualTo("9.4 %");
        assertThat(model.shares().measured().get().note()).contains("1,452");
        assertThat(model.change().get()).contains("ines").contains("3 min").contains("ramp");
    }

    @Test
    void whatIsNotKnownIsADashAndNotZero() {
        model.show(ready(launch(10, null, null, false)));

        assertThat(model.shares().reported().get().text()).isEqualTo("–");
        assertThat(model.shares().reported().get().note()).contains("edge does not answer");
        assertThat(model.shares().measured().get().text()).isEqualTo("–");
        assertThat(model.shares().measured().get().note()).contains("too few");
    }

    @Test
    void setsAShareWithAReasonAndTheShareThatWasSeen() throws Exception {
        screens.online(Role.ONCALL);
        model.show(ready(launch(10, 10, 10.0, false)));
        model.want(25);
        assertThat(model.setGate().reason().get()).contains("Say why");
        model.reason().set(" p95 is fine ");

        model.setWeight();
        screens.answered();

        assertThat(router.weights).containsExactly(new SetWeight(25, 10, "p95 is fine"));
        assertThat(model.shares().intended().get().text()).isEqualTo("25 %");
        assertThat(model.reason().get()).isEmpty();
    }

    @Test
    void aRefusedShareIsSaidAndChangesNothing() throws Exception {
        screens.online(Role.ONCALL);
        model.show(ready(launch(10, 10, 10.0, false)));
        router.problem = Screens.refused(409, "Someone set 5 % meanwhile.");
        model.want(25);
        model.reason().set("go");

        model.setWeight();
        screens.answered();

        assertThat(screens.problems)
                .extracting(Problem::detail)
                .containsExactly("Someone set 5 % meanwhile.");
        assertThat(model.shares().intended().get().text()).isEqualTo("10 %");
        assertThat(model.wanted().get()).isEqualTo(25);
        assertThat(model.reason().get()).isEqualTo("go");
    }

    @Test
    void heldRefusesToRaiseButNotToLower() {
        screens.online(Role.ADMIN);
        model.show(ready(launch(10, 10, 10.0, true)));
        model.reason().set("why");

        model.want(25);
        assertThat(model.setGate().reason().get()).contains("held");
        model.want(5);
        assertThat(model.setGate().open()).isTrue();
    }

    @Test
    void holdingNeedsNoReasonButResumingDoes() throws Exception {
        screens.online(Role.ONCALL);
        model.show(ready(launch(10, 10, 10.0, false)));
        model.holdOrResume();
        screens.answered();
        assertThat(model.held().get()).isTrue();

        assertThat(model.holdGate().reason().get()).contains("Say why");
        model.reason().set("all green again");
        model.holdOrResume();
        screens.answered();
        assertThat(model.held().get()).isFalse();
        assertThat(router.reasons).containsExactly("hold:", "resume:all green again");
    }

    @Test
    void whatPeopleChooseIsNotTakenAwayByFreshFigures() {
        screens.online(Role.ONCALL);
        model.show(ready(launch(10, 10, 10.0, false)));
        model.want(50);
        model.show(ready(launch(10, 10, 11.0, false)));
        assertThat(model.wanted().get()).isEqualTo(50);
    }

    @Test
    void offlineAndForOthersNothingCanBeSetAndItSaysWhy() {
        model.show(ready(launch(10, 10, 10.0, false)));
        screens.online(Role.VIEWER);
        assertThat(model.setGate().reason().get()).contains("viewer").contains("oncall");
        assertThat(model.rollBackGate().open()).isFalse();
        screens.offline();
        assertThat(model.setGate().reason().get()).contains("can't be reached");
        assertThat(model.holdGate().open()).isFalse();
    }

    @Test
    void rollingBackIsTriedEvenWhenTheBackendSeemsAway() throws Exception {
        screens.offline();
        model.show(ready(launch(25, 25, 24.0, true)));
        router.problem = Screens.unreachable();
        assertThat(model.rollBackGate().open()).isTrue();

        model.rollBack();
        assertThat(model.rollBackOutcome().get()).isInstanceOf(RollBack.Outcome.Asking.class);
        screens.await(() -> model.rollBackOutcome().get() instanceof RollBack.Outcome.Failed);

        router.problem = null;
        model.rollBack();
        screens.await(() -> model.rollBackOutcome().get() instanceof RollBack.Outcome.Done);
        assertThat(model.shares().intended().get().text()).isEqualTo("0 %");
        assertThat(model.wanted().get()).isZero();
    }

    @Test
    void rollingBackWaitsForNoOtherCommand() throws Exception {
        screens.online(Role.ONCALL);
        model.show(ready(launch(25, 25, 24.0, false)));
        screens.commander.give(
                () -> {
                    Thread.sleep(2_000);
                    return 1;
                },
                _ -> {});

        assertThat(model.rollBackGate().open()).isTrue();
        model.rollBack();
        screens.await(() -> model.rollBackOutcome().get() instanceof RollBack.Outcome.Done);
        assertThat(screens.commander.busy().get()).isNotEmpty();
    }

    @Test
    void showsBothPoolsOverTheLastMinute() {
        model.showWindows(ready(new ShopData(Screens.NOW).windows()));

        assertThat(model.pools()).extracting(PoolRow::n).containsExactly("1,240", "212");
        assertThat(model.pools().getFirst().p95()).isEqualTo("2,431 ms");
        assertThat(model.pools().getFirst().errors()).isEqualTo("11  (0.89 %)");
    }

    @Test
    void saysWhetherOneCouldCutOverByTheSync() {
        model.cutOver().showSyncs(ready(List.of()));
        assertThat(readiness().ready()).isFalse();
        assertThat(readiness().text()).contains("No sync keeps the new database up to date");

        var migration = new MuchMigration(Screens.NOW);
        model.cutOver().showSyncs(ready(List.of(migration.sync(SyncState.CURRENT))));
        assertThat(readiness()).isEqualTo(new Readiness(true, "3 s behind, verified 41 s ago"));

        model.cutOver().showSyncs(ready(List.of(migration.sync(SyncState.CATCHING_UP))));
        assertThat(readiness())
                .as("however few seconds it says")
                .isEqualTo(new Readiness(false, "Sync catching up: 4 s behind, verified 41 s ago"));

        model.cutOver().showSyncs(ready(List.of(migration.sync(SyncState.STOPPED))));
        assertThat(readiness().ready()).isFalse();
        assertThat(readiness().text()).startsWith("Sync stopped: ");
    }

    /// Its rows may be equal and what they add up to still wrong.
    @Test
    void aCopyThatDidNotPassItsChecksIsNotReady() {
        var migration = new MuchMigration(Screens.NOW);
        RunSync sync = migration.sync(SyncState.CURRENT);
        model.cutOver().showRuns(ready(List.of(migration.ended(RunState.INVALID))));
        model.cutOver().showSyncs(ready(List.of(sync)));
        assertThat(readiness().ready()).isFalse();
        assertThat(readiness().text()).startsWith("The copy did not pass its checks");

        model.cutOver().showRuns(ready(List.of(migration.ended(RunState.VALIDATED))));
        assertThat(readiness().ready()).isTrue();
    }

    /// A small plan that was started last does not speak for the large one.
    @Test
    void ofSeveralPlansTheWorstCounts() {
        var migration = new MuchMigration(Screens.NOW);
        RunSync good = migration.sync(SyncState.CURRENT);
        RunSync held = MuchMigration.ofPlan("archive", migration.sync(SyncState.FAILED));

        model.cutOver()
                .showSyncs(ready(List.of(good, held, MuchMigration.ofPlan("archive", good))));
        assertThat(readiness().ready()).isFalse();
        assertThat(readiness().text()).startsWith("archive: Sync HELD UP");

        model.cutOver()
                .showSyncs(ready(List.of(good, MuchMigration.ofPlan("archive", good), held)));
        assertThat(readiness().ready()).isTrue();
        assertThat(readiness().text()).startsWith(good.plan() + ": 3 s behind");
    }

    @Test
    void whatIsOnlyKeptHereIsNotReady() {
        var sync = new MuchMigration(Screens.NOW).sync(SyncState.CURRENT);
        model.cutOver().showSyncs(new LoadState.Stale<>(List.of(sync), Screens.NOW));

        assertThat(readiness()).isEqualTo(new Readiness(false, "3 s behind, verified 41 s ago"));
    }

    private Readiness readiness() {
        return java.util.Objects.requireNonNull(model.cutOver().readiness().get());
    }

    private static <T> LoadState<T> ready(T data) {
        return new LoadState.Ready<>(data, Screens.NOW);
    }

    private static Launch launch(
            int intended,
            @org.jspecify.annotations.Nullable Integer reported,
            @org.jspecify.annotations.Nullable Double measured,
            boolean held) {
        return new Launch(
                intended,
                reported,
                measured,
                1_452,
                held,
                "ines",
                Screens.NOW.minusSeconds(180),
                "ramp",
                "edge",
                null);
    }

    private static final class Router implements LaunchCommands {
        final List<SetWeight> weights = new CopyOnWriteArrayList<>();
        final List<String> reasons = new ArrayList<>();
        volatile @org.jspecify.annotations.Nullable ProblemException problem;

        private Launch answer(Launch launch) throws ProblemException {
            ProblemException refusal = problem;
            if (refusal != null) {
                throw refusal;
            }
            return launch;
        }

        @Override
        public Launch setWeight(SetWeight weight) throws ProblemException {
            weights.add(weight);
            return answer(launch(weight.newPercent(), 10, 10.0, false));
        }

        @Override
        public Launch hold(Reason reason) throws ProblemException {
            reasons.add("hold:" + reason.reason());
            return answer(launch(10, 10, 10.0, true));
        }

        @Override
        public Launch resume(Reason reason) throws ProblemException {
            reasons.add("resume:" + reason.reason());
            return answer(launch(10, 10, 10.0, false));
        }

        @Override
        public Launch rollBack(Reason reason) throws ProblemException {
            return answer(launch(0, 0, 0.0, true));
        }
    }
}
