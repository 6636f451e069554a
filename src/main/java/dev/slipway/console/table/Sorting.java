package dev.slipway.console.table;

import javafx.collections.ObservableList;
import javafx.collections.transformation.SortedList;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableColumn.SortType;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;

import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;

/// The order that a person wants a table in: by a click on a header, or by `S` in the table and its
/// menu. It stands while rows come and go.
public final class Sorting {
    private static final ResourceBundle TEXTS = ResourceBundle.getBundle("assets.i18n.console");

    private static final KeyCombination SORT = new KeyCodeCombination(KeyCode.S);

    private Sorting() {}

    /// Gives a table its rows.
    ///
    /// @param items in the order that they have until a person wants another
    /// @return the rows as the table shows them
    public static <T> ObservableList<T> show(TableView<T> table, ObservableList<T> items) {
        ObservableList<T> sorted = over(table, items);
        table.setItems(sorted);
        return sorted;
    }

    /// The rows as the table is to show them, not yet given to it.
    static <T> ObservableList<T> over(TableView<T> table, ObservableList<T> items) {
        var sorted = new SortedList<>(items);
        sorted.comparatorProperty().bind(table.comparatorProperty());
        var menu = new ContextMenu();
        menu.setId("sort-menu");
        menu.setOnShowing(_ -> menu.getItems().setAll(choices(table)));
        menu.getItems().setAll(new MenuItem("")); // an empty one would not be shown
        table.setContextMenu(menu);
        table.addEventHandler(
                KeyEvent.KEY_PRESSED,
                key -> {
                    if (SORT.match(key)) {
                        var corner = table.localToScreen(12, 36);
                        menu.show(table, corner.getX(), corner.getY());
                        key.consume();
                    }
                });
        return sorted;
    }

    private static <T> List<MenuItem> choices(TableView<T> table) {
        var all =
                new ArrayList<MenuItem>(
                        table.getVisibleLeafColumns().stream()
                                .filter(column -> column.isSortable())
                                .filter(column -> !column.getText().isBlank())
                                .map(column -> choice(table, column))
                                .toList());
        var none = new MenuItem(TEXTS.getString("table.sort.none"));
        none.setDisable(table.getSortOrder().isEmpty());
        none.setOnAction(_ -> table.getSortOrder().clear());
        all.add(new SeparatorMenuItem());
        all.add(none);
        return all;
    }

    private static <T> MenuItem choice(TableView<T> table, TableColumn<T, ?> column) {
        boolean first = table.getSortOrder().indexOf(column) == 0;
        String key = first ? "table.sort.turn" : "table.sort";
        var item = new MenuItem(MessageFormat.format(TEXTS.getString(key), column.getText()));
        item.setMnemonicParsing(false);
        item.setOnAction(
                _ -> {
                    boolean turned = first && column.getSortType() == SortType.ASCENDING;
                    column.setSortType(turned ? SortType.DESCENDING : SortType.ASCENDING);
                    table.getSortOrder().setAll(List.of(column));
                });
        return item;
    }
}
