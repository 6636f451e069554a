package dev.slipway.console.migration;

import javafx.css.PseudoClass;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.layout.HBox;

import org.jspecify.annotations.Nullable;

/// A line of a plan with its number, and beside it what is wrong in it.
final class PlanLineCell extends ListCell<PlanLine> {
    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    private final Label number = new Label();
    private final Label text = new Label();
    private final Label problem = new Label();
    private final HBox row = new HBox(8, number, text, problem);

    PlanLineCell() {
        number.getStyleClass().add("plan-number");
        number.setMinWidth(34);
        text.getStyleClass().add("plan-code");
        problem.getStyleClass().add("plan-problem");
        text.setMinWidth(USE_PREF_SIZE);
    }

    @Override
    protected void updateItem(@Nullable PlanLine line, boolean empty) {
        super.updateItem(line, empty);
        boolean none = line == null || empty;
        setGraphic(none ? null : row);
        pseudoClassStateChanged(WRONG, line != null && !empty && !line.problem().isEmpty());
        if (line != null && !empty) {
            number.setText(String.valueOf(line.number()));
            text.setText(line.text());
            problem.setText(line.problem().isEmpty() ? "" : "◄ " + line.problem());
        }
    }
}
