package dev.slipway.console.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.api.migration.Pace;
import dev.slipway.api.migration.Plan;
import dev.slipway.api.migration.QuarantineReason;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.Validation;
import dev.slipway.client.calls.QuarantineQuery;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.testing.MuchData;
import dev.slipway.testing.Screens;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class MigrationViewModelsTest {
    private final Screens screens = new Screens();
    private final MuchData data = new MuchData(Screens.NOW);
    private final Commands commands = new Commands();
    private final RunViewModel run =
            new RunViewModel(
                    commands,
                    screens.commander,
                    screens.access,
                    InstantSource.fixed(Screens.NOW),
                    screens.words);
    private final List<Run> started = new ArrayList<>();
    private final List<String> checked = new CopyOnWriteArrayList<>();
    private final PlansViewModel plans =
            new PlansViewModel(
                    commands,
                    screens.commander,
                    screens.access,
                    run.runs(),
                    checked::addAll,
                    started::add,
                    screens.words);

    @Test
    void aPlanWhoseRunStandsInTheTargetSaysSoBeforeItIsStarted() throws Exception {
        screens.online(Role.OPERATOR);
        Plan whole = data.migration().plans().getFirst();
        plans.show(ready(List.of(whole)));
        assertThat(plans.startGate().open()).isTrue();

        plans.show(
                ready(
                        List.of(
                                new Plan(
                                        whole.name(),
                                        whole.description(),
                                        whole.source(),
                                        whole.target(),
                                        whole.steps(),
                                        whole.yaml(),
                                        List.of(),
                                        "run-5"))));
        assertThat(plans.startGate().reason().get())
                .contains("Run run-5 of this plan is validated")
                .contains("empty the plan's tables");

        plans.check();
        screens.answered();
        assertThat(checked).containsExactly("shop");
    }

    @Test
    void showsTheRunAndTheStepAtWork() {
        run.show(ready(List.of(data.migration().run())));

        assertThat(run.figures().get())
                .contains("653,752 of 1,039,752 rows read")
                .contains("10,482 rows/s")
                .contains("37 s to go");
        assertThat(step()).isEqualTo("orders");
        run.choose(run.steps().getFirst());
        run.show(ready(List.of(data.migration().run())));
        assertThat(step()).isEqualTo("vendors");
    }

    @Test
    void pausesResumesAndCancelsWhatTheStateAllows() throws Exception {
        screens.online(Role.OPERATOR);
        run.show(ready(List.of(data.migration().run())));
        assertThat(run.resumeGate().reason().get()).contains("running");
        run.pause();
        screens.answered();
        run.show(ready(List.of(in(RunState.PAUSED))));
        assertThat(run.pauseGate().reason().get()).contains("paused");
        run.resume();
        screens.answered();
        assertThat(run.beforeCancel().orElseThrow().consequence()).contains("653,752 rows");
        run.cancel();
        screens.answered();
        assertThat(commands.asked).containsExactly("pause run-7", "resume run-7", "cancel run-7");
    }

    @Test
    void aRefusedPauseIsSaidAndChangesNothing() throws Exception {
        screens.online(Role.OPERATOR);
        run.show(ready(List.of(data.migration().run())));
        commands.problem = Screens.refused(409, "It has ended meanwhile.");
        run.pause();
        screens.answered();
        assertThat(screens.problems)
                .extracting(Problem::detail)
                .containsExactly("It has ended meanwhile.");
        assertThat(run.selected().get().state()).isEqualTo(RunState.RUNNING);
    }

    @Test
    void offlineAndForOthersNothingCanBeDone() {
        run.show(ready(List.of(data.migration().run())));
        screens.offline();
        run.pause();
        assertThat(run.pauseGate().reason().get()).contains("can't be reached");
        screens.online(Role.FINANCE);
        assertThat(run.cancelGate().reason().get()).contains("operator");
        assertThat(commands.asked).isEmpty();
    }

    @Test
    void rowsThatGotLostAreSeen() {
        var lost =
                new dev.slipway.api.migration.StepProgress(
                        "orders",
                        dev.slipway.api.migration.StepState.FAILED,
                        10,
                        10,
                        8,
                        0,
                        1,
                        0,
                        1,
                        1,
                        "",
                        1,
                        0,
                        0);
        assertThat(StepRow.of(lost, screens.words).conserved()).isFalse();
        run.show(ready(List.of(data.migration().run())));
        assertThat(run.steps()).allMatch(StepRow::conserved);
    }

    @Test
    void aPlanWithProblemsIsMarkedInItsLinesAndDoesNotStart() throws Exception {
        screens.online(Role.OPERATOR);
        plans.show(ready(data.migration().plans()));
        plans.selected().set(data.migration().plans().get(1));

        assertThat(plans.lines().get(6).problem()).contains("vendor_nmae");
        assertThat(plans.lines().get(5).problem()).isEmpty();
        assertThat(plans.problems()).hasSize(3);
        assertThat(plans.startGate().reason().get()).contains("3 problems");
        plans.start();
        assertThat(commands.asked).isEmpty();

        plans.selected().set(data.migration().plans().getFirst());
        plans.start();
        screens.answered();
        assertThat(commands.asked).containsExactly("start shop");
        assertThat(started).hasSize(1);
    }

    @Test
    void aPlanThatRunsDoesNotStartAgain() {
        screens.online(Role.OPERATOR);
        run.show(ready(List.of(data.migration().run())));
        plans.show(ready(data.migration().plans()));
        assertThat(plans.startGate().reason().get()).contains("running already");
    }

    @Test
    void theChunkMapHasACellForEachChunkKnownOrNot() {
        var chunks = new ChunksViewModel(screens.words);
        run.show(ready(List.of(data.migration().run())));
        chunks.showStep(run.step().get());
        chunks.show(ready(data.migration().chunks(22)));

        assertThat(chunks.cells()).hasSize(500);
        assertThat(chunks.cells().get(0).state()).isEqualTo(ChunkCell.State.DONE);
        assertThat(chunks.cells().get(10).state()).isEqualTo(ChunkCell.State.QUARANTINED);
        assertThat(chunks.cells().get(400).state()).isEqualTo(ChunkCell.State.WAITING);
        chunks.selected().set(chunks.cells().get(10));
        assertThat(chunks.details().get()).contains("60 quarantined").contains("1,940 written");
    }

    @Test
    void redValidationsComeFirstWithBothFigures() {
        var validations = new ValidationsViewModel(screens.words);
        validations.show(ready(data.migration().validations()));

        assertThat(validations.verdict().get()).isEqualTo("1 of 5 checks are RED");
        assertThat(validations.validations().getFirst().passed()).isFalse();
        validations.redOnly().set(true);
        assertThat(validations.validations())
                .extracting(Validation::name)
                .containsExactly("checksum");
    }

    @Test
    void quarantineIsCountedAndSearchedAtTheBackend() throws Exception {
        screens.online(Role.VIEWER);
        List<String> asked = new CopyOnWriteArrayList<>();
        var quarantine =
                new QuarantineViewModel(
                        (query, cursor) -> {
                            asked.add(query.rule() + " " + cursor);
                            return new Listing<Quarantined>(List.of(), null, null);
                        },
                        (id, _) -> {
                            asked.add("reasons of " + id);
                            return new Listing<QuarantineReason>(List.of(), null, null);
                        },
                        screens.loader,
                        screens.access,
                        screens.words);
        quarantine.lookAt("run-7", 12_104);
        screens.answered();
        quarantine.tick();
        screens.answered();
        assertThat(asked).containsExactly("reasons of run-7", "null null");
        var money = new QuarantineReason("run-7", "orders", "net", "money", 12_000);
        quarantine.showReasons(ready(new Listing<>(List.of(money), null, 1L)));
        quarantine.show(ready(new Listing<>(data.migration().quarantine(100), "next", 12_104L)));

        quarantine.reason().set(money);
        screens.answered();

        assertThat(quarantine.query().get())
                .isEqualTo(new QuarantineQuery("run-7", "orders", "net", "money", null, ""));
        assertThat(quarantine.paged().items()).isEmpty();
        assertThat(asked).endsWith("reasons of run-7", "money null");
        quarantine.show(ready(new Listing<>(data.migration().quarantine(100), "next", 12_000L)));
        quarantine.more();
        screens.answered();
        assertThat(asked).endsWith("money next");
        quarantine.selected().set(quarantine.paged().items().getFirst());
        assertThat(quarantine.details().get()).contains("net = “12,3O”");
        assertThat(QuarantineViewModel.quoted(null)).isEqualTo("NULL");
    }

    @Test
    void rowsThatComeLaterAreFetchedUnlessSomeoneHasPagedOn() throws Exception {
        screens.online(Role.VIEWER);
        List<String> asked = new CopyOnWriteArrayList<>();
        var quarantine =
                new QuarantineViewModel(
                        (_, cursor) -> {
                            asked.add("rows " + cursor);
                            return new Listing<Quarantined>(List.of(), null, null);
                        },
                        (_, _) -> {
                            asked.add("reasons");
                            return new Listing<QuarantineReason>(List.of(), null, null);
                        },
                        screens.loader,
                        screens.access,
                        screens.words);
        quarantine.lookAt("run-7", 100);
        screens.answered();
        quarantine.tick();
        screens.answered();
        quarantine.show(ready(new Listing<>(data.migration().quarantine(100), "next", 100L)));
        quarantine.lookAt("run-7", 200);
        quarantine.tick();
        screens.answered();
        quarantine.more();
        screens.answered();
        quarantine.lookAt("run-7", 300);
        quarantine.tick();
        screens.answered();

        assertThat(asked)
                .endsWith("reasons", "rows null", "reasons", "rows null", "rows next", "reasons");
    }

    private String step() {
        StepRow row = run.step().get();
        return row == null ? "" : row.step().name();
    }

    private Run in(RunState state) {
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
                r.timing());
    }

    private static <T> LoadState<T> ready(T value) {
        return new LoadState.Ready<>(value, Screens.NOW);
    }

    private final class Commands implements MigrationCommands {
        final List<String> asked = new CopyOnWriteArrayList<>();
        volatile @Nullable ProblemException problem;

        private Run ask(String what, RunState state) throws ProblemException {
            ProblemException refusal = problem;
            if (refusal != null) {
                throw refusal;
            }
            asked.add(what);
            return in(state);
        }

        @Override
        public Run start(String plan) throws ProblemException {
            return ask("start " + plan, RunState.QUEUED);
        }

        @Override
        public Run pause(String id) throws ProblemException {
            return ask("pause " + id, RunState.PAUSING);
        }

        @Override
        public Run pace(String id, Pace pace) throws ProblemException {
            return ask("pace " + id + " " + pace, RunState.RUNNING);
        }

        @Override
        public Run resume(String id) throws ProblemException {
            return ask("resume " + id, RunState.RUNNING);
        }

        @Override
        public Run cancel(String id) throws ProblemException {
            return ask("cancel " + id, RunState.CANCELLING);
        }
    }
}
