package dev.slipway.console.exports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.api.tasks.ExportFormat;
import dev.slipway.api.tasks.ExportOf;
import dev.slipway.api.tasks.ExportState;
import dev.slipway.api.tasks.StartExport;
import dev.slipway.client.calls.DownloadProgress;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.client.offline.LoadState;
import dev.slipway.console.command.Gate;
import dev.slipway.testing.MuchExports;
import dev.slipway.testing.Screens;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

class ExportsViewModelTest {
    private final Screens screens = new Screens();
    private final MuchExports much = new MuchExports(Screens.NOW);
    private final Backend backend = new Backend();
    private final DownloadViewModel download =
            new DownloadViewModel(
                    backend, screens.background, screens.problems::add, _ -> {}, screens.words);
    private final ExportsViewModel model =
            new ExportsViewModel(
                    backend,
                    screens.commander,
                    download,
                    screens.access,
                    InstantSource.fixed(Screens.NOW),
                    screens.words);

    @Test
    void whatTheFormSaysIsAskedFor() throws Exception {
        screens.online(Role.FINANCE);
        model.what().set(ExportOf.INVOICES);
        model.format().set(ExportFormat.PARQUET);
        model.from().set(" 2026-11-01 ");
        model.to().set("2026-11-21");
        model.vendor().set(" 1204 ");
        assertThat(model.outlook().getValue())
                .isEqualTo("Invoices, 2026-11-01 to 2026-11-21, vendor 1204");
        model.start();
        screens.answered();
        assertThat(backend.wanted)
                .containsExactly(
                        new StartExport(
                                ExportOf.INVOICES,
                                ExportFormat.PARQUET,
                                ExportFilter.dates(
                                        LocalDate.of(2026, 11, 1),
                                        LocalDate.of(2026, 11, 21),
                                        "1204")));
    }

    @Test
    void aTextThatIsNoDateIsNotTakenForAllDates() throws Exception {
        screens.online(Role.FINANCE);
        for (String wrong : List.of("21.11.2026", "2026-02-30", "yesterday", "2026-11-1")) {
            model.from().set(wrong);
            assertThat(model.outlook().getValue()).contains(wrong).contains("is no date");
            assertThat(model.startGate().open()).isFalse();
        }
        model.from().set("2026-11-21");
        model.to().set("2026-11-20");
        assertThat(model.outlook().getValue()).isEqualTo("The last date is before the first.");
        model.start();
        assertThat(backend.wanted).isEmpty();
        model.to().set("2026-11-21");
        assertThat(model.startGate().open()).isTrue();
    }

    @Test
    void eachStateAllowsWhatMakesSense() {
        screens.online(Role.OPERATOR);
        assertThat(model.saveGate().reason().get()).isEqualTo("Select an export in the list.");
        for (ExportState state : ExportState.values()) {
            model.selected().set(much.export(0, state));
            boolean open = state == ExportState.QUEUED || state == ExportState.RUNNING;
            assertThat(model.cancelGate().open()).as(state.name()).isEqualTo(open);
            assertThat(model.deleteGate().open()).as(state.name()).isEqualTo(!open);
            assertThat(model.saveGate().open())
                    .as(state.name())
                    .isEqualTo(state == ExportState.READY);
            assertThat(model.beforeDelete().isPresent()).as(state.name()).isEqualTo(!open);
        }
    }

    @Test
    void oneWhoseFileIsLostIsMarkedAndNotOffered() {
        screens.online(Role.OPERATOR);
        shows(much.lost(0), much.export(1, ExportState.READY));
        assertThat(model.rows())
                .extracting(row -> row.mark() + ": " + row.state())
                .containsExactly("lost: FILE LOST", "ready: Ready");
        assertThat(model.rows().getFirst().progress())
                .startsWith("Its file is not, or not whole, in the folder")
                .endsWith("Start the export again.");
        model.selected().set(much.lost(0));
        assertThat(model.saveGate().reason().get()).startsWith("Its file is lost: start");
        assertThat(model.deleteGate().open()).isTrue();
        model.selected().set(much.export(1, ExportState.READY));
        assertThat(model.saveGate().open()).isTrue();
    }

    @Test
    void oneThatExpiresWhileItIsSelectedCanBeSavedNoMore() {
        screens.online(Role.OPERATOR);
        shows(much.export(0, ExportState.READY), much.export(1, ExportState.READY));
        model.selected().set(much.export(0, ExportState.READY));
        assertThat(model.saveGate().open()).isTrue();

        shows(much.export(0, ExportState.EXPIRED), much.export(1, ExportState.READY));
        assertThat(model.saveGate().reason().get()).contains("no file that could be saved");
        assertThat(model.rows().getFirst().progress()).isEqualTo("its file was deleted");
        shows(much.export(1, ExportState.READY));
        assertThat(model.selected().get()).isNull();
        assertThat(model.saveGate().open()).isFalse();
    }

    @Test
    void offlineEverythingIsShownAndNothingCanBeDone() {
        screens.online(Role.OPERATOR);
        shows(much.all(6).toArray(Export[]::new));
        model.selected().set(much.export(0, ExportState.QUEUED));
        screens.offline();
        assertThat(model.rows()).hasSize(6);
        for (Gate gate :
                List.of(
                        model.startGate(),
                        model.cancelGate(),
                        model.deleteGate(),
                        model.saveGate())) {
            assertThat(gate.open()).isFalse();
            assertThat(gate.reason().get()).isNotEmpty();
        }
        model.start();
        model.cancel();
        model.selected().set(much.export(2, ExportState.READY));
        model.delete();
        assertThat(model.beforeDelete()).isEmpty();
        assertThat(backend.asked).isEmpty();
    }

    @Test
    void whoMayOnlyLookIsToldWhoMayDoMore() {
        screens.online(Role.VIEWER);
        model.selected().set(much.export(0, ExportState.READY));
        assertThat(model.startGate().reason().get()).isNotEmpty();
        assertThat(model.saveGate().open()).isFalse();
        model.start();
        model.delete();
        assertThat(backend.asked).isEmpty();
    }

    @Test
    void whatIsRefusedIsSaidAndTheFormStaysAsItWas() throws Exception {
        screens.online(Role.FINANCE);
        model.vendor().set("1204");
        for (ProblemException wrong :
                List.of(
                        Screens.refused(409, "There are 20 open exports already."),
                        Screens.refused(500, "A fault."),
                        Screens.unreachable(),
                        new ProblemException(new Problem.Unknown("k", "The answer got lost.")))) {
            backend.wrong = wrong;
            model.start();
            screens.answered();
            assertThat(screens.problems).last().isEqualTo(wrong.problem());
            assertThat(model.vendor().get()).isEqualTo("1204");
            assertThat(model.startGate().open()).isTrue();
        }
    }

    @Test
    void cancelAndDeleteNameTheSelectedOne() throws Exception {
        screens.online(Role.ONCALL);
        model.selected().set(much.export(1, ExportState.RUNNING));
        model.cancel();
        screens.answered();
        model.selected().set(much.export(2, ExportState.READY));
        assertThat(model.beforeDelete().orElseThrow().title())
                .isEqualTo("Delete orders-20261122-030405Z.csv?");
        model.delete();
        screens.answered();
        assertThat(backend.asked).containsExactly("cancel export-001", "delete export-002");
    }

    @Test
    void oneDownloadAtATime() throws Exception {
        screens.online(Role.ONCALL);
        Export ready = much.export(2, ExportState.READY);
        model.selected().set(ready);
        download.start(ready, Path.of("x"));
        assertThat(model.saveGate().reason().get()).isEqualTo("A download is under way.");
        assertThat(model.deleteGate().open()).isTrue();
        backend.arrived.countDown();
        screens.await(() -> model.saveGate().open());
    }

    private void shows(Export... exports) {
        model.show(new LoadState.Ready<>(List.of(exports), Screens.NOW));
    }

    private static final class Backend implements ExportCommands {
        final List<String> asked = new ArrayList<>();
        final List<StartExport> wanted = new ArrayList<>();
        final CountDownLatch arrived = new CountDownLatch(1);
        volatile @Nullable ProblemException wrong;

        private Export done(String what) throws ProblemException {
            asked.add(what);
            ProblemException told = wrong;
            if (told != null) {
                throw told;
            }
            return new MuchExports(Screens.NOW).export(0, ExportState.QUEUED);
        }

        @Override
        public Export start(StartExport asks) throws ProblemException {
            wanted.add(asks);
            return done("start");
        }

        @Override
        public Export cancel(String id) throws ProblemException {
            return done("cancel " + id);
        }

        @Override
        public Export delete(String id) throws ProblemException {
            return done("delete " + id);
        }

        @Override
        public boolean download(Export export, Path to, DownloadProgress progress) {
            try {
                arrived.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return true;
        }
    }
}
