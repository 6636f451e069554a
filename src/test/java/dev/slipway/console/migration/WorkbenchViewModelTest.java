package dev.slipway.console.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Page;
import dev.slipway.api.access.Role;
import dev.slipway.api.migration.ActOnQuarantine;
import dev.slipway.api.migration.CorrectQuarantine;
import dev.slipway.api.migration.QuarantineActed;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.QuarantinedRow;
import dev.slipway.api.migration.ReplayQuarantine;
import dev.slipway.api.migration.Replayed;
import dev.slipway.api.migration.Run;
import dev.slipway.api.migration.RunState;
import dev.slipway.client.calls.QuarantineQuery;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.migration.WorkbenchViewModel.Act;
import dev.slipway.console.migration.WorkbenchViewModel.Asked;
import dev.slipway.testing.MuchData;
import dev.slipway.testing.Screens;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

class WorkbenchViewModelTest {
    private final Screens screens = new Screens();
    private final Commands commands = new Commands();
    private final List<String> told = new ArrayList<>();
    private final QuarantineViewModel rows =
            new QuarantineViewModel(
                    (_, _) -> new Listing<>(List.of(), null, null),
                    (_, _) -> new Listing<>(List.of(), null, null),
                    screens.loader,
                    screens.access,
                    screens.words);
    private final WorkbenchViewModel bench =
            new WorkbenchViewModel(
                    commands, rows, screens.commander, screens.access, told::add, screens.words);

    @BeforeEach
    void online() {
        screens.online(Role.OPERATOR);
        rows.lookAt("run-7", 3);
    }

    @Test
    void theColumnToBlameIsChosenAndAnotherOneStaysWhenThereIsNews() {
        bench.choose(List.of(row("1", "n/a")));
        assertThat(bench.correction().columns()).containsExactly("ordered", "price");
        assertThat(bench.correction().column().get()).isEqualTo("price");

        bench.correction().column().set("ordered");
        bench.choose(List.of(row("1", "n/a")));
        assertThat(bench.correction().column().get()).isEqualTo("ordered");

        bench.choose(List.of(row("2", "12,3O")));
        assertThat(bench.correction().column().get()).isEqualTo("price");
    }

    @Test
    void aCorrectionNamesTheRowOrAllThatHoldTheSame() throws Exception {
        bench.choose(List.of(row("1", "n/a")));
        bench.correction().value().set("0");
        bench.correction().correct();
        screens.answered();
        bench.correction().sameValue().set(true);
        bench.correction().correct();
        screens.answered();

        assertThat(commands.asked)
                .containsExactly(
                        "correct run-7 " + new CorrectQuarantine("sales", "1", "price", "n/a", "0"),
                        "correct run-7 "
                                + new CorrectQuarantine("sales", null, "price", "n/a", "0"));
        assertThat(told).containsOnly("Corrected: 4 rows. Replay them to write them.").hasSize(2);
    }

    @Test
    void whatIsConfirmedIsDoneToTheRunAndTheRowsThatWereShown() throws Exception {
        bench.choose(List.of(row("1", "n/a"), row("2", "12,3O")));
        Asked asked = prepared(Act.ACCEPT);
        assertThat(asked.confirmation().title()).isEqualTo("Leave 2 rows behind?");
        assertThat(asked.confirmation().consequence()).contains("n/a").contains("12,3O");

        rows.lookAt("run-8", 0);
        bench.choose(List.of());
        bench.confirmed(asked, "scrap");
        screens.answered();

        assertThat(commands.acts)
                .singleElement()
                .satisfies(
                        act -> {
                            assertThat(act.which().rows())
                                    .containsExactly(
                                            new QuarantinedRow("sales", "1"),
                                            new QuarantinedRow("sales", "2"));
                            assertThat(act.reason()).isEqualTo("scrap");
                        });
        assertThat(commands.asked).containsExactly("accept run-7");
    }

    @Test
    void allThatMatchAreCountedByTheBackendFirst() throws Exception {
        rows.text().set("n/a");
        rows.search();
        bench.everyRow().set(true);
        commands.page = new Page<>(List.of(row("1", "n/a")), "more", 12_104L);

        Asked asked = prepared(Act.REPLAY);

        assertThat(commands.asked).containsExactly("preview run-7 OPEN n/a");
        assertThat(asked.confirmation().title()).isEqualTo("Replay 12,104 open rows?");
        assertThat(asked.which().text()).isEqualTo("n/a");
        assertThat(asked.which().rows()).isEmpty();
    }

    @Test
    void aReplayIsWaitedForUntilItBeginsOrTheRunNoLongerRuns() throws Exception {
        Replayed before = new MuchData(Screens.NOW).migration().replays().getFirst();
        bench.replays().show(ready(before));
        bench.choose(List.of(row("1", "n/a")));
        bench.confirmed(prepared(Act.REPLAY), "");
        screens.answered();

        assertThat(bench.replays().underWay()).isTrue();
        assertThat(bench.replays().outcome().get()).isEqualTo("The replay waits for a worker.");
        bench.replays().runIs(RunState.RUNNING);
        bench.replays().show(ready(before));
        assertThat(bench.replays().outcome().get()).isEqualTo("The replay waits for a worker.");
        bench.replays().runIs(RunState.VALIDATED);
        assertThat(bench.replays().underWay()).isFalse();
        assertThat(bench.replays().outcome().get()).startsWith("Last replay, by ");
    }

    @Test
    void aRefusalIsToldAndNothingElseChanges() throws Exception {
        bench.choose(List.of(row("1", "n/a")));
        commands.problem = Screens.refused(409, "A replay runs.");
        bench.correction().correct();
        screens.answered();

        assertThat(screens.problems).hasSize(1);
        assertThat(told).isEmpty();
        assertThat(bench.correction().gate().open()).isTrue();
    }

    @Test
    void whatIsConfirmedOnceTheLineIsCutIsNotSentAndSaysWhy() throws Exception {
        bench.choose(List.of(row("1", "n/a")));
        Asked asked = prepared(Act.REPLAY);
        screens.offline();
        bench.confirmed(asked, "");

        assertThat(commands.asked).isEmpty();
        assertThat(told).singleElement().asString().contains("can't be reached");
        assertThat(bench.replayGate().open()).isFalse();
        assertThat(bench.correction().gate().open()).isFalse();
    }

    private Asked prepared(Act act) throws Exception {
        List<Asked> asked = new ArrayList<>();
        bench.prepare(act, asked::add);
        screens.await(() -> !asked.isEmpty());
        screens.answered();
        return asked.getFirst();
    }

    private static LoadState<Listing<Replayed>> ready(Replayed replayed) {
        return new LoadState.Ready<>(new Listing<>(List.of(replayed), null, null), Screens.NOW);
    }

    private static Quarantined row(String key, String price) {
        Map<String, @Nullable String> raw = new LinkedHashMap<>();
        raw.put("price", price);
        raw.put("ordered", "2026-01-02");
        return new Quarantined(
                "run-7", "sales", 1, key, "price", "money", "is no money", price, raw);
    }

    private final class Commands implements QuarantineCommands {
        final List<String> asked = new CopyOnWriteArrayList<>();
        final List<ActOnQuarantine> acts = new CopyOnWriteArrayList<>();
        Page<Quarantined> page = new Page<>(List.of(), null, 0L);
        @Nullable ProblemException problem;

        private <T> T answer(String what, T answer) throws ProblemException {
            if (problem != null) {
                throw problem;
            }
            asked.add(what);
            return answer;
        }

        @Override
        public Page<Quarantined> preview(QuarantineQuery which) throws ProblemException {
            return answer(
                    "preview " + which.runId() + " " + which.state() + " " + which.text(), page);
        }

        @Override
        public QuarantineActed correct(String run, CorrectQuarantine correction)
                throws ProblemException {
            return answer("correct " + run + " " + correction, new QuarantineActed(4));
        }

        @Override
        public QuarantineActed accept(String run, ActOnQuarantine act) throws ProblemException {
            acts.add(act);
            return answer("accept " + run, new QuarantineActed(2));
        }

        @Override
        public QuarantineActed reopen(String run, ActOnQuarantine act) throws ProblemException {
            acts.add(act);
            return answer("reopen " + run, new QuarantineActed(2));
        }

        @Override
        public Run replay(String run, ReplayQuarantine replay) throws ProblemException {
            return answer("replay " + run, new MuchData(Screens.NOW).migration().run());
        }
    }
}
