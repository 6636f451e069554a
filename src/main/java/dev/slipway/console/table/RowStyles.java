package dev.slipway.console.table;

import javafx.css.PseudoClass;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Function;

/// Marks rows of a table by a state that the style sheet colours.
public final class RowStyles {
    private RowStyles() {}

    /// @param state the pseudo-class of a row, or something else for none
    /// @param known the pseudo-classes that there are
    public static <T> void mark(TableView<T> table, Function<T, String> state, List<String> known) {
        table.setRowFactory(_ -> new MarkedRow<>(state, known));
    }

    private static final class MarkedRow<T> extends TableRow<T> {
        private final Function<T, String> state;
        private final List<String> known;

        MarkedRow(Function<T, String> state, List<String> known) {
            this.state = state;
            this.known = known;
        }

        @Override
        protected void updateItem(@Nullable T item, boolean empty) {
            super.updateItem(item, empty);
            String now = item == null || empty ? "" : state.apply(item);
            for (String name : known) {
                pseudoClassStateChanged(
                        PseudoClass.getPseudoClass(name.replace('_', '-')), name.equals(now));
            }
        }
    }
}
