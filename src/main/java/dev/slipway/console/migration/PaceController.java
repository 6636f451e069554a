package dev.slipway.console.migration;

import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.Desk;
import dev.slipway.console.command.Wording;
import dev.slipway.console.shell.ScreenContext;

import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;

import org.jspecify.annotations.Nullable;

/// Binds why a run waits, its limits and its pace.
public final class PaceController {
    private final Wording words;
    private @Nullable PaceViewModel model;

    @FXML private Label waiting;
    @FXML private Label limits;
    @FXML private TextField rate;
    @FXML private TextField chunk;
    @FXML private Button set;
    @FXML private Label problem;

    public PaceController(ScreenContext context) {
        this.words = Desk.of(context).words();
    }

    void use(PaceViewModel pace) {
        this.model = pace;
        waiting.textProperty().bind(pace.waiting());
        shownWithText(waiting);
        limits.textProperty().bind(pace.limits());
        shownWithText(limits);
        problem.textProperty().bind(pace.problem());
        shownWithText(problem);
        rate.textProperty().bindBidirectional(pace.rate());
        chunk.textProperty().bindBidirectional(pace.chunk());
        Buttons.join(set, pace.gate(), words.say("pace.set.hint"));
    }

    private static void shownWithText(Label label) {
        label.visibleProperty().bind(label.textProperty().isNotEmpty());
        label.managedProperty().bind(label.visibleProperty());
    }

    @FXML
    private void onSet() {
        if (model != null) {
            model.set();
        }
    }
}
