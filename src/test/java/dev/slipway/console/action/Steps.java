package dev.slipway.console.action;

import static dev.slipway.testing.Workplace.rows;
import static dev.slipway.testing.Workplace.text;

import dev.slipway.console.action.Action.Look;
import dev.slipway.console.action.Action.Step;

import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBoxBase;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.ListView;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;

/// What several actions have in common.
final class Steps {
    private Steps() {}

    /// Selects the first row of a table.
    static Step first(String table) {
        return place -> {
            place.console().await(() -> rows(table) > 0);
            place.keys().tabTo(table).press(KeyCode.HOME);
        };
    }

    /// Selects a row of a table.
    ///
    /// @param down how many rows below the first
    static Step row(String table, int down) {
        return first(table)
                .then(
                        place -> {
                            for (int i = 0; i < down; i++) {
                                place.keys().press(KeyCode.DOWN);
                            }
                        });
    }

    /// Sorts a table by its first column, by its menu.
    static Step sort(String table) {
        return place -> {
            place.console().await(() -> rows(table) > 0);
            place.keys().tabTo(table).press(KeyCode.S);
            place.console().await(Steps::menuTakesKeys);
            place.keys().press(KeyCode.DOWN).press(KeyCode.ENTER);
        };
    }

    /// Opens a menu and chooses its first item.
    static Step menu(String button) {
        return place -> {
            place.keys().tabTo(button).press(KeyCode.SPACE);
            place.console().await(Steps::menuTakesKeys);
            place.keys().press(KeyCode.DOWN).press(KeyCode.ENTER);
        };
    }

    /// A menu that is just being shown leaves keys to the window behind it.
    private static boolean menuTakesKeys() {
        return Window.getWindows().stream()
                .filter(ContextMenu.class::isInstance)
                .anyMatch(menu -> menu.isShowing() && menu.getScene().getFocusOwner() != null);
    }

    static Look sorted(String table) {
        return place -> place.see(table, TableView.class).getSortOrder().size() == 1;
    }

    /// Goes from one of a group, which Tab reaches, to another by arrow keys.
    static Step along(String from, int down) {
        return place -> {
            place.keys().tabTo(from);
            for (int i = 0; i < Math.abs(down); i++) {
                place.keys().press(down < 0 ? KeyCode.UP : KeyCode.DOWN);
            }
        };
    }

    static Step type(String field, String text) {
        return place -> place.keys().tabTo(field).type(text);
    }

    /// Chooses the tab that is so many to the right of the first.
    static Step tab(int right) {
        return tab("tabs", right);
    }

    /// The same among the tabs of an id.
    static Step tab(String tabs, int right) {
        return place -> {
            place.keys().tabTo(tabs);
            for (int i = 0; i < right; i++) {
                place.keys().press(KeyCode.RIGHT);
            }
        };
    }

    static Look rowChosen(String table) {
        return place ->
                !place.see(table, TableView.class)
                        .getSelectionModel()
                        .getSelectedIndices()
                        .isEmpty();
    }

    static Look holds(String id, String text) {
        return _ -> text(id).contains(text);
    }

    static Look ticked(String id) {
        return place -> place.see(id, CheckBox.class).isSelected();
    }

    static Look on(String id) {
        return place -> place.see(id, ToggleButton.class).isSelected();
    }

    static Look chosen(String id, Object value) {
        return place ->
                String.valueOf(place.see(id, ComboBoxBase.class).getValue())
                        .contains(value.toString());
    }

    static Look lineChosen(String list) {
        return place -> place.see(list, ListView.class).getSelectionModel().getSelectedIndex() == 0;
    }
}
