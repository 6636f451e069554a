package dev.slipway.console.table;

import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.scene.Node;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.Tooltip;

import org.jspecify.annotations.Nullable;

import java.util.Comparator;
import java.util.function.Function;

/// What the columns of a table show. The value of every column is the whole row, so that each can
/// be sorted by what it means and not by how it is written.
public final class Columns {
    private Columns() {}

    /// Words, left-aligned; the whole text is the tooltip, for it may be cut off.
    public static <T> void text(TableColumn<T, T> column, Function<T, String> text) {
        set(column, text, Comparator.comparing(text, String.CASE_INSENSITIVE_ORDER), "text-cell");
    }

    /// Figures, right-aligned, sorted by their number.
    public static <T, C extends Comparable<? super C>> void figure(
            TableColumn<T, T> column, Function<T, String> text, Function<T, C> number) {
        column.getStyleClass().add("figure-column");
        set(column, text, Comparator.comparing(number), "figure-cell");
    }

    /// Words sorted by something else than their letters.
    public static <T> void ordered(
            TableColumn<T, T> column, Function<T, String> text, Comparator<T> order) {
        set(column, text, order, "text-cell");
    }

    /// The columns share the table's width in proportion: nothing is cut off at the right on a
    /// small screen, nothing is left empty on a large one.
    public static void fill(TableView<?> table) {
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_ALL_COLUMNS);
    }

    /// Something drawn, made once per cell and given the rows that the cell shows.
    public static <T, N extends Node> void drawn(
            TableColumn<T, T> column, Function<@Nullable Void, N> make, Draw<T, N> draw) {
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setSortable(false);
        column.setCellFactory(
                _ ->
                        new TableCell<>() {
                            private final N node = make.apply(null);

                            @Override
                            protected void updateItem(@Nullable T item, boolean empty) {
                                super.updateItem(item, empty);
                                if (item == null || empty) {
                                    setGraphic(null);
                                } else {
                                    draw.show(node, item);
                                    setGraphic(node);
                                }
                            }
                        });
    }

    /// Brings a drawing up to date with a row.
    @FunctionalInterface
    public interface Draw<T, N> {
        void show(N node, T row);
    }

    private static <T> void set(
            TableColumn<T, T> column, Function<T, String> text, Comparator<T> order, String style) {
        column.setCellValueFactory(row -> new ReadOnlyObjectWrapper<>(row.getValue()));
        column.setComparator(order);
        column.setCellFactory(_ -> new TextCell<>(text, style));
    }

    private static final class TextCell<T> extends TableCell<T, T> {
        private final Function<T, String> text;
        private final Tooltip whole = new Tooltip();

        TextCell(Function<T, String> text, String style) {
            this.text = text;
            getStyleClass().add(style);
            whole.setWrapText(true);
            whole.setMaxWidth(600);
        }

        @Override
        protected void updateItem(@Nullable T item, boolean empty) {
            super.updateItem(item, empty);
            String shown = item == null || empty ? "" : text.apply(item);
            setText(shown);
            whole.setText(shown);
            setTooltip(shown.length() < 12 ? null : whole);
        }
    }
}
