package dev.slipway.console.queues;

import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.RepairAct;
import dev.slipway.api.queues.RepairState;
import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.ConfirmDialog;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Wording;
import dev.slipway.console.shell.ScreenContext;

import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.VBox;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import java.util.stream.Collectors;

/// Binds a repair: what it would take, how it goes, and what became of it.
public final class RepairController {
    private final Wording words;
    private @Nullable RepairViewModel model;

    @FXML private VBox repair;
    @FXML private FlowPane repairInputs;
    @FXML private ComboBox<RepairAct> repairAct;
    @FXML private TextField repairTarget;
    @FXML private TextField repairRate;
    @FXML private TextField repairProbe;
    @FXML private TextField repairStop;
    @FXML private Label repairProbeLabel;
    @FXML private Label repairStopLabel;
    @FXML private Label repairHeadline;
    @FXML private Label repairDetail;
    @FXML private Label repairSamples;
    @FXML private ProgressBar repairProgress;
    @FXML private Button repairCount;
    @FXML private Button repairStart;
    @FXML private Button repairPause;
    @FXML private Button repairResume;
    @FXML private Button repairCancel;

    public RepairController(ScreenContext context) {
        this.words = Desk.of(context).words();
    }

    void use(RepairViewModel repairs) {
        model = repairs;
        repair.visibleProperty().bind(repairs.open());
        repair.managedProperty().bind(repairs.open());
        repairAct.getItems().setAll(RepairAct.values());
        repairAct.setConverter(new ActNames());
        repairAct.valueProperty().bindBidirectional(repairs.act());
        repairTarget.textProperty().bindBidirectional(repairs.target());
        repairRate.textProperty().bindBidirectional(repairs.pace().rate());
        repairProbe.textProperty().bindBidirectional(repairs.pace().probe());
        repairStop.textProperty().bindBidirectional(repairs.pace().stop());
        shown(repairTarget, false);
        repairs.act().addListener((_, _, _) -> fit(repairs));
        repairs.repair().addListener((_, _, _) -> show(repairs));
        repairRate.textProperty().addListener((_, _, _) -> show(repairs));
        Buttons.join(repairCount, repairs.countGate(), words.say("repair.count.hint"));
        Buttons.join(repairStart, repairs.startGate(), words.say("repair.start.hint"));
        Buttons.join(repairPause, repairs.pauseGate(), words.say("repair.pause.hint"));
        Buttons.join(repairResume, repairs.resumeGate(), words.say("repair.resume.hint"));
        Buttons.join(repairCancel, repairs.cancelGate(), words.say("repair.cancel.hint"));
        fit(repairs);
        show(repairs);
    }

    private void fit(RepairViewModel repairs) {
        shown(repairTarget, repairs.act().get() == RepairAct.MOVE);
        boolean discards = repairs.act().get() == RepairAct.DISCARD;
        for (Node node : new Node[] {repairProbe, repairProbeLabel, repairStop, repairStopLabel}) {
            shown(node, !discards);
        }
    }

    private void show(RepairViewModel repairs) {
        Repair now = repairs.repair().get();
        repairInputs.setDisable(repairs.fixed());
        repairHeadline.setText(repairs.headline());
        repairDetail.setText(repairs.detail());
        shown(repairDetail, !repairDetail.getText().isEmpty());
        boolean bar = now != null && now.state() != RepairState.COUNTED;
        shown(repairProgress, bar);
        repairProgress.setProgress(repairs.share());
        boolean look = now != null && now.state() == RepairState.COUNTED;
        repairSamples.setText(now == null || !look ? "" : samples(now));
        shown(repairSamples, !repairSamples.getText().isEmpty());
        repairHeadline.getStyleClass().remove("error");
        if (now != null && now.state() == RepairState.STOPPED) {
            repairHeadline.getStyleClass().add("error");
        }
    }

    private String samples(Repair now) {
        return now.preview().samples().stream()
                .map(RepairController::line)
                .collect(Collectors.joining("\n"));
    }

    private static String line(Job job) {
        String error = job.error();
        String first = error == null ? "" : error.lines().findFirst().orElse("");
        return job.subject() + " — " + first;
    }

    @FXML
    private void onCount() {
        if (model != null) {
            model.count();
        }
    }

    @FXML
    private void onStart() {
        if (model != null) {
            RepairViewModel repairs = model;
            repairs.beforeStart()
                    .ifPresent(
                            asked ->
                                    ConfirmDialog.ask(
                                            repair.getScene().getWindow(),
                                            asked,
                                            words,
                                            repairs::start));
        }
    }

    @FXML
    private void onPause() {
        if (model != null) {
            model.pause();
        }
    }

    @FXML
    private void onResume() {
        if (model != null) {
            model.resume();
        }
    }

    @FXML
    private void onCancel() {
        if (model != null) {
            model.cancel();
        }
    }

    private static void shown(Node node, boolean shown) {
        node.setVisible(shown);
        node.setManaged(shown);
    }

    private final class ActNames extends StringConverter<RepairAct> {
        @Override
        public String toString(@Nullable RepairAct value) {
            return value == null ? "" : words.of("repair.act", value);
        }

        @Override
        public RepairAct fromString(String name) {
            return RepairAct.RETRY;
        }
    }
}
