package dev.slipway.console.command;

import javafx.beans.binding.Bindings;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// Joins buttons with gates: a button whose gate is closed can't be pressed, and its tooltip says
/// why not.
public final class Buttons {
    private Buttons() {}

    /// @param hint what the button does and its keys
    public static void join(ButtonBase button, Gate gate, String hint) {
        button.setMinWidth(Region.USE_PREF_SIZE);
        button.disableProperty().bind(gate.reason().isNotEmpty());
        var tooltip = new Tooltip();
        tooltip.setWrapText(true);
        tooltip.setMaxWidth(420);
        tooltip.textProperty()
                .bind(
                        Bindings.createStringBinding(
                                () -> gate.open() ? hint : gate.reason().get() + "\n" + hint,
                                gate.reason()));
        Tooltip.install(wrapped(button), tooltip);
        button.accessibleHelpProperty().bind(tooltip.textProperty());
    }

    /// A button that is always open.
    public static void hint(ButtonBase button, String hint) {
        button.setTooltip(new Tooltip(hint));
        button.setAccessibleHelp(hint);
    }

    /// A disabled node gets no mouse events, and so shows no tooltip: a pane around it does.
    private static Node wrapped(ButtonBase button) {
        if (!(button.getParent() instanceof Pane parent)) {
            return button;
        }
        int place = parent.getChildren().indexOf(button);
        var around = new StackPane();
        parent.getChildren().set(place, around);
        around.getChildren().add(button);
        HBox.setHgrow(around, HBox.getHgrow(button) == null ? Priority.NEVER : Priority.ALWAYS);
        around.managedProperty().bind(button.managedProperty());
        around.visibleProperty().bind(button.visibleProperty());
        return around;
    }
}
