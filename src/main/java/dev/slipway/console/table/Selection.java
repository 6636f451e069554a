package dev.slipway.console.table;

import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.scene.control.TableView;
import javafx.scene.control.TableView.TableViewSelectionModel;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

/// What a person selected in a table whose rows come and go: it stays with the things that were
/// selected, not with the places where they stood.
public final class Selection<T> {
    private final TableView<T> table;
    private final ObservableList<T> items;
    private final Function<? super T, ?> key;
    private final Consumer<List<T>> selected;
    private final Set<Object> keys = new LinkedHashSet<>();
    private boolean changing;

    private Selection(
            TableView<T> table,
            ObservableList<T> items,
            Function<? super T, ?> key,
            Consumer<List<T>> selected) {
        this.table = table;
        this.items = items;
        this.key = key;
        this.selected = selected;
    }

    /// Gives a table its rows. The order of the listeners counts: the first marks what the table's
    /// own selection model then does as not a person's doing, the last puts it right.
    ///
    /// @param selected told of what is selected, and again when its content changes
    public static <T> void keep(
            TableView<T> table,
            ObservableList<T> items,
            Function<? super T, ?> key,
            Consumer<List<T>> selected) {
        ObservableList<T> shown = Sorting.over(table, items);
        var selection = new Selection<>(table, shown, key, selected);
        ListChangeListener<T> before = _ -> selection.changing = true;
        ListChangeListener<T> after = _ -> selection.restore();
        shown.addListener(before);
        table.setItems(shown);
        shown.addListener(after);
        ListChangeListener<T> bySomeone = _ -> selection.take();
        model(table).getSelectedItems().addListener(bySomeone);
    }

    private void take() {
        if (changing) {
            return;
        }
        List<T> now = now();
        keys.clear();
        now.forEach(item -> keys.add(keyOf(item)));
        selected.accept(now);
    }

    private void restore() {
        TableViewSelectionModel<T> model = model(table);
        List<Object> standing = now().stream().map(this::keyOf).toList();
        if (!(standing.size() == keys.size() && keys.containsAll(standing))) {
            model.clearSelection();
            for (int i = 0; i < items.size() && !keys.isEmpty(); i++) {
                if (keys.contains(keyOf(items.get(i)))) {
                    model.select(i);
                }
            }
        }
        changing = false;
        if (!keys.isEmpty()) {
            take();
        }
    }

    /// The items as they are now: the selection model may still hold what they were.
    private List<T> now() {
        return model(table).getSelectedIndices().stream()
                .filter(i -> i >= 0 && i < items.size())
                .map(items::get)
                .filter(Objects::nonNull)
                .toList();
    }

    private Object keyOf(T item) {
        return Objects.requireNonNull(key.apply(item));
    }

    private static <T> TableViewSelectionModel<T> model(TableView<T> table) {
        return Objects.requireNonNull(table.getSelectionModel());
    }
}
