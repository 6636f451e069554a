package dev.slipway.console.command;

import javafx.geometry.Insets;
import javafx.scene.Node;
import javafx.scene.control.ButtonBar.ButtonData;
import javafx.scene.control.ButtonType;
import javafx.scene.control.Dialog;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.layout.VBox;
import javafx.stage.Window;

import java.util.List;
import java.util.function.Consumer;

/// Asks before a dangerous act. It names the object and the environment; the button that does the
/// act says what it does, and it is never the one that Enter presses.
public final class ConfirmDialog {
    private final Confirmation confirmation;
    private final Dialog<ButtonType> dialog = new Dialog<>();
    private final TextField environment = new TextField();
    private final TextField reason = new TextField();
    private final ButtonType act;

    private ConfirmDialog(
            Window owner, Confirmation confirmation, Wording words, List<? extends Node> more) {
        this.confirmation = confirmation;
        this.act = new ButtonType(confirmation.verb(), ButtonData.OTHER);
        dialog.initOwner(owner);
        dialog.setTitle(words.say("confirm.window", confirmation.place().environment()));
        var keep = new ButtonType(words.say("confirm.keep"), ButtonData.CANCEL_CLOSE);
        dialog.getDialogPane().getButtonTypes().addAll(act, keep);
        dialog.getDialogPane().setContent(content(words, more));
        dialog.getDialogPane().getStyleClass().add("confirm");
        dialog.getDialogPane().setId("confirm");
        dialog.getDialogPane().setMinWidth(520);
        Node button = dialog.getDialogPane().lookupButton(act);
        button.setId("confirm-act");
        button.getStyleClass().add("danger");
        environment.textProperty().addListener((_, _, _) -> check(button));
        reason.textProperty().addListener((_, _, _) -> check(button));
        check(button);
        Node safe = dialog.getDialogPane().lookupButton(keep);
        safe.setId("confirm-keep");
        dialog.setOnShown(_ -> (confirmation.asksReason() ? reason : safe).requestFocus());
    }

    /// Asks without blocking.
    ///
    /// @param confirmed given the reason, which is empty if none was asked for
    public static void ask(
            Window owner, Confirmation confirmation, Wording words, Consumer<String> confirmed) {
        ask(owner, confirmation, words, List.of(), confirmed);
    }

    /// The same with more to be filled in, below the reason.
    public static void ask(
            Window owner,
            Confirmation confirmation,
            Wording words,
            List<? extends Node> more,
            Consumer<String> confirmed) {
        var asked = new ConfirmDialog(owner, confirmation, words, more);
        asked.dialog.setOnHidden(_ -> asked.closed(confirmed));
        asked.dialog.show();
    }

    private void closed(Consumer<String> confirmed) {
        // a toolkit may remember a window that is gone; the screen behind it must not stay with it
        dialog.setOnHidden(null);
        if (dialog.getResult() == act
                && confirmation.complete(environment.getText(), reason.getText())) {
            confirmed.accept(reason.getText().strip());
        }
        dialog.getDialogPane().setContent(null);
    }

    private void check(Node button) {
        button.setDisable(!confirmation.complete(environment.getText(), reason.getText()));
    }

    private VBox content(Wording words, List<? extends Node> more) {
        var title = wrapped(confirmation.title(), "confirm-title");
        var place =
                wrapped(
                        words.say(
                                confirmation.place().production()
                                        ? "confirm.place.production"
                                        : "confirm.place",
                                confirmation.place().environment()),
                        "confirm-place");
        var box = new VBox(8, title, place, wrapped(confirmation.consequence(), "confirm-text"));
        box.setPadding(new Insets(16));
        if (confirmation.asksReason()) {
            reason.setId("confirm-reason");
            box.getChildren().addAll(field(words.say("confirm.reason"), reason), reason);
        }
        box.getChildren().addAll(more);
        if (confirmation.place().production()) {
            environment.setId("confirm-environment");
            box.getChildren()
                    .addAll(
                            field(
                                    words.say("confirm.type", confirmation.place().environment()),
                                    environment),
                            environment);
        }
        return box;
    }

    private static Label field(String text, TextField of) {
        var label = new Label(text);
        label.setLabelFor(of);
        return label;
    }

    private static Label wrapped(String text, String style) {
        var label = new Label(text);
        label.setWrapText(true);
        label.setMaxWidth(560);
        label.getStyleClass().add(style);
        return label;
    }
}
