package dev.slipway.console.queues;

import dev.slipway.console.command.Buttons;
import dev.slipway.console.command.ConfirmDialog;
import dev.slipway.console.command.Wording;

import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// Joins the two buttons that pause something and let it go on. Pausing asks for a reason and for
/// how long.
public final class HoldButtons {
    private HoldButtons() {}

    public static void join(Button pause, Button resume, HoldViewModel model, Wording words) {
        Buttons.join(pause, model.pauseGate(), words.say("hold.pause.hint"));
        Buttons.join(resume, model.resumeGate(), words.say("hold.resume.hint"));
        pause.setOnAction(_ -> ask(pause, model, words));
        resume.setOnAction(_ -> model.resume());
    }

    private static void ask(Button pause, HoldViewModel model, Wording words) {
        var length = new ComboBox<HoldLength>();
        length.setId("pause-until");
        length.getItems().setAll(HoldLength.values());
        length.setValue(HoldLength.UNTIL_RESUMED);
        length.setConverter(new Names(words));
        var label = new Label(words.say("hold.length"));
        label.setLabelFor(length);
        model.beforePause()
                .ifPresent(
                        asked ->
                                ConfirmDialog.ask(
                                        pause.getScene().getWindow(),
                                        asked,
                                        words,
                                        List.of(label, length),
                                        reason -> model.pause(reason, length.getValue())));
    }

    private static final class Names extends StringConverter<HoldLength> {
        private final Wording words;

        Names(Wording words) {
            this.words = words;
        }

        @Override
        public String toString(@Nullable HoldLength value) {
            return value == null ? "" : words.of("holdLength", value);
        }

        @Override
        public HoldLength fromString(String name) {
            throw new UnsupportedOperationException("it is chosen, not typed");
        }
    }
}
