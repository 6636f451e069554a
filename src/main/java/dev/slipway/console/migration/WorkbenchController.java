package dev.slipway.console.migration;

import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.api.tasks.ExportOf;
import dev.slipway.client.calls.QuarantineQuery;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.ConfirmDialog;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Wording;
import dev.slipway.console.exports.ExportMenu;
import dev.slipway.console.shell.ScreenContext;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Binds what is done about the rows in quarantine.
public final class WorkbenchController {
    private final Desk desk;
    private final Wording words;

    @FXML private VBox bench;
    @FXML private ComboBox<String> correctColumn;
    @FXML private TextField correctValue;
    @FXML private CheckBox sameValue;
    @FXML private Button correct;
    @FXML private CheckBox everyRow;
    @FXML private Button accept;
    @FXML private Button reopen;
    @FXML private CheckBox changedPlan;
    @FXML private Button replay;
    @FXML private Button export;
    @FXML private MenuButton exportAs;
    @FXML private Label outcome;

    @SuppressWarnings("NullAway.Init")
    private WorkbenchViewModel model;

    public WorkbenchController(ScreenContext context) {
        this.desk = Desk.of(context);
        this.words = desk.words();
    }

    /// @param rows what is shown, and can be exported
    void use(WorkbenchViewModel given, QuarantineViewModel rows) {
        model = given;
        correctColumn.setItems(model.correction().columns());
        correctColumn.valueProperty().bindBidirectional(model.correction().column());
        correctValue.textProperty().bindBidirectional(model.correction().value());
        sameValue.selectedProperty().bindBidirectional(model.correction().sameValue());
        everyRow.selectedProperty().bindBidirectional(model.everyRow());
        changedPlan.selectedProperty().bindBidirectional(model.changedPlan());
        outcome.textProperty().bind(model.replays().outcome());
        outcome.visibleProperty().bind(outcome.textProperty().isNotEmpty());
        outcome.managedProperty().bind(outcome.visibleProperty());
        Buttons.join(correct, model.correction().gate(), words.say("workbench.correct.hint"));
        Buttons.join(accept, model.acceptGate(), words.say("workbench.accept.hint"));
        Buttons.join(reopen, model.reopenGate(), words.say("workbench.reopen.hint"));
        Buttons.join(replay, model.replayGate(), words.say("workbench.replay.hint"));
        Buttons.join(export, rows.online(), words.say("workbench.export.hint"));
        ExportMenu.join(
                exportAs,
                desk,
                desk.commander(),
                rows.online().reason(),
                ExportOf.QUARANTINE,
                () -> filter(model.shown()));
        Buttons.hint(sameValue, words.say("workbench.sameValue.hint"));
        Buttons.hint(everyRow, words.say("workbench.everyRow.hint"));
        Buttons.hint(changedPlan, words.say("workbench.changedPlan.hint"));
    }

    @FXML
    private void onCorrect() {
        model.correction().correct();
    }

    @FXML
    private void onAccept() {
        ask(WorkbenchViewModel.Act.ACCEPT);
    }

    @FXML
    private void onReopen() {
        ask(WorkbenchViewModel.Act.REOPEN);
    }

    @FXML
    private void onReplay() {
        ask(WorkbenchViewModel.Act.REPLAY);
    }

    private void ask(WorkbenchViewModel.Act act) {
        model.prepare(
                act,
                asked ->
                        ConfirmDialog.ask(
                                bench.getScene().getWindow(),
                                asked.confirmation(),
                                words,
                                reason -> model.confirmed(asked, reason)));
    }

    @FXML
    private void onExport() {
        desk.context()
                .files()
                .save(bench.getScene().getWindow(), "quarantine.csv")
                .ifPresent(this::export);
    }

    private static ExportFilter filter(QuarantineQuery shown) {
        var state = shown.state();
        return new ExportFilter(
                null,
                null,
                null,
                shown.runId(),
                shown.step(),
                shown.column(),
                shown.rule(),
                state == null ? null : state.name(),
                shown.text());
    }

    private void export(Path file) {
        QuarantineQuery shown = model.shown();
        desk.context()
                .background()
                .run(() -> write(shown, file))
                .onSuccess(to -> desk.context().notices().info(words.say("workbench.saved", to)))
                .onProblem(desk.context().notices()::show);
    }

    private Path write(QuarantineQuery shown, Path file) throws ProblemException {
        byte[] csv = desk.context().client().quarantine().csv(shown);
        try {
            return Files.write(file, csv);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem.NotWritten(words.say("workbench.notSaved", file, e.toString())), e);
        }
    }
}
