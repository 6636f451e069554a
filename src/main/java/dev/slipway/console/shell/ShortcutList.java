package dev.slipway.console.shell;

import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.VBox;

import java.util.ResourceBundle;

/// The keys, for the help that F1 shows. Features add theirs under `shortcuts.more`, as `keys|what
/// they do` separated by `;`.
final class ShortcutList {
    private final ResourceBundle texts;
    private final GridPane grid = new GridPane(24, 8);
    private int row;

    ShortcutList(ResourceBundle texts) {
        this.texts = texts;
        var keys = new ColumnConstraints();
        keys.setHalignment(HPos.LEFT);
        grid.getColumnConstraints().add(keys);
    }

    void fill(VBox place) {
        for (Screen screen : Screen.values()) {
            add("Ctrl+" + (screen.ordinal() + 1), texts.getString(screen.key()));
        }
        for (String entry : texts.getString("shortcuts.more").split(";", -1)) {
            String[] parts = entry.split("\\|", 2);
            if (parts.length == 2) {
                add(parts[0].strip(), parts[1].strip());
            }
        }
        place.getChildren().add(grid);
    }

    private void add(String keys, String what) {
        var chord = new Label(keys);
        chord.getStyleClass().add("key");
        grid.addRow(row++, chord, new Label(what));
    }
}
