package dev.slipway.console.migration;

import dev.slipway.api.migration.RunSync;
import dev.slipway.api.migration.SyncState;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.ConfirmDialog;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Wording;
import dev.slipway.console.fx.StaleAge;
import dev.slipway.console.shell.ScreenContext;
import dev.slipway.console.table.Figures;

import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/// Binds the sync of the run.
public final class SyncController {
    private final Desk desk;
    private final Wording words;
    private @Nullable SyncViewModel model;

    @FXML private VBox syncRoot;
    @FXML private Label syncState;
    @FXML private Label headline;
    @FXML private StaleAge syncAge;
    @FXML private Button syncStart;
    @FXML private Button syncAnew;
    @FXML private Button syncStop;
    @FXML private TextField syncRate;
    @FXML private Button syncPace;
    @FXML private Label syncPaceProblem;
    @FXML private Label trouble;
    @FXML private VBox lagBox;
    @FXML private LagLine lag;
    @FXML private Label lagNote;
    @FXML private Label syncFigures;
    @FXML private Label checks;

    public SyncController(ScreenContext context) {
        this.desk = Desk.of(context);
        this.words = desk.words();
    }

    void use(SyncViewModel sync) {
        this.model = sync;
        syncAge.setClock(desk.context().clock());
        sync.state().subscribe(syncAge::show);
        headline.textProperty().bind(sync.headline());
        syncFigures.textProperty().bind(sync.figures());
        checks.textProperty().bind(sync.checks());
        trouble.textProperty().bind(sync.trouble());
        syncRate.textProperty().bindBidirectional(sync.pace().rate());
        syncPaceProblem.textProperty().bind(sync.pace().problem());
        List.of(trouble, syncFigures, checks, syncPaceProblem)
                .forEach(SyncController::shownWithText);
        sync.sync().subscribe(this::show);
        sync.silent().subscribe(() -> show(sync.sync().get()));
        Buttons.join(syncStart, sync.startGate(), words.say("sync.start.hint"));
        Buttons.join(syncAnew, sync.anewGate(), words.say("sync.anew.hint"));
        Buttons.join(syncPace, sync.pace().gate(), words.say("sync.pace.hint"));
        Buttons.join(syncStop, sync.stopGate(), words.say("sync.stop.hint"));
    }

    private static void shownWithText(Label label) {
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
    }

    private void show(@Nullable RunSync now) {
        visible(syncState, now != null);
        visible(lagBox, now != null && !now.lags().isEmpty());
        for (SyncState each : SyncState.values()) {
            String name = each.name().toLowerCase(Locale.ROOT).replace('_', '-');
            syncState.pseudoClassStateChanged(
                    PseudoClass.getPseudoClass(name),
                    now != null && !silent() && now.state() == each);
        }
        if (now != null) {
            syncState.setText(
                    silent() ? words.say("sync.noNewsNow") : words.of("syncState", now.state()));
            lag.show(now.lags());
            long worst = LagLine.worst(now.lags());
            lagNote.setText(
                    worst < 0
                            ? words.say("sync.lagsUnknown")
                            : words.say("sync.lags", Figures.duration(Duration.ofSeconds(worst))));
        }
    }

    private boolean silent() {
        return model != null && model.silent().get();
    }

    private static void visible(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    @FXML
    private void onStart() {
        if (model != null) {
            model.start();
        }
    }

    @FXML
    private void onAnew() {
        if (model != null) {
            SyncViewModel sync = model;
            sync.beforeAnew()
                    .ifPresent(
                            asked ->
                                    ConfirmDialog.ask(
                                            syncRoot.getScene().getWindow(),
                                            asked,
                                            words,
                                            _ -> sync.anew()));
        }
    }

    @FXML
    private void onPace() {
        if (model != null) {
            model.pace().set();
        }
    }

    @FXML
    private void onStop() {
        if (model != null) {
            model.stop();
        }
    }
}
