package dev.slipway.console.schedules;

import dev.slipway.console.table.Selection;

import javafx.scene.control.TableView;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;

/// The next dates as a table to choose from. A date is chosen by a person only: the rows are
/// replaced every minute, as their countdown goes on.
final class PlannedDates {
    private PlannedDates() {}

    static void choose(TableView<PlannedRow> table, SchedulesViewModel model) {
        Selection.keep(table, model.planned(), PlannedDates::date, rows -> chosen(rows, model));
        // a date that was chosen elsewhere is not set back to the row that was selected before
        model.choice().date().addListener((_, _, date) -> deselect(table, date));
    }

    private static LocalDate date(PlannedRow row) {
        return row.run().businessDate();
    }

    private static void chosen(List<PlannedRow> rows, SchedulesViewModel model) {
        if (!rows.isEmpty()) {
            model.choice().date().set(date(rows.getFirst()));
        }
    }

    private static void deselect(TableView<PlannedRow> table, @Nullable LocalDate date) {
        var selection = Objects.requireNonNull(table.getSelectionModel());
        PlannedRow row = selection.getSelectedItem();
        if (row != null && !date(row).equals(date)) {
            selection.clearSelection();
        }
    }
}
