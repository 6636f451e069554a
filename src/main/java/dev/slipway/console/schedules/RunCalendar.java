package dev.slipway.console.schedules;

import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.RowConstraints;

import org.kordamp.ikonli.javafx.FontIcon;

import java.time.DayOfWeek;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// A month of runs. Arrow keys choose a day, Page Up and Page Down turn the month, a click chooses.
/// Each day has a sign besides its colour.
public final class RunCalendar extends GridPane {
    private static final PseudoClass CHOSEN = PseudoClass.getPseudoClass("chosen");
    private static final PseudoClass TODAY = PseudoClass.getPseudoClass("today");
    private static final PseudoClass OTHER = PseudoClass.getPseudoClass("other-month");
    private static final int WEEK = 7;

    private final List<Label> cells = new ArrayList<>();

    public RunCalendar() {
        getStyleClass().add("run-calendar");
        setId("calendar");
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.DATE_PICKER);
        for (DayOfWeek day : DayOfWeek.values()) {
            var column = new ColumnConstraints();
            column.setPercentWidth(100.0 / WEEK);
            getColumnConstraints().add(column);
            var name = new Label(day.getDisplayName(TextStyle.SHORT, Locale.UK));
            name.getStyleClass().add("caption");
            add(name, day.ordinal(), 0);
        }
        getRowConstraints().add(new RowConstraints());
        for (int i = 0; i < 6 * WEEK; i++) {
            cells.add(cell(i));
        }
    }

    private Label cell(int i) {
        if (i % WEEK == 0) {
            var row = new RowConstraints();
            row.setVgrow(Priority.ALWAYS);
            getRowConstraints().add(row);
        }
        var cell = new Label();
        cell.getStyleClass().add("calendar-day");
        cell.setMaxSize(Double.MAX_VALUE, Double.MAX_VALUE);
        cell.setAlignment(Pos.TOP_LEFT);
        cell.setTooltip(new Tooltip());
        add(cell, i % WEEK, 1 + i / WEEK);
        return cell;
    }

    void show(CalendarViewModel model) {
        model.days().subscribe(_ -> lay(model));
        model.chosen().subscribe(_ -> lay(model));
        accessibleTextProperty().bind(model.about());
        setOnKeyPressed(key -> onKey(key, model));
        for (int i = 0; i < cells.size(); i++) {
            int place = i;
            cells.get(i)
                    .setOnMousePressed(
                            _ -> {
                                requestFocus();
                                model.chosen().set(model.days().get().get(place).date());
                            });
        }
    }

    private void lay(CalendarViewModel model) {
        List<CalendarDay> days = model.days().get();
        for (int i = 0; i < cells.size(); i++) {
            CalendarDay day = days.get(i);
            Label cell = cells.get(i);
            cell.setText("" + day.date().getDayOfMonth());
            String icon = day.mark().icon();
            cell.setGraphic(icon.isEmpty() ? null : new FontIcon(icon));
            cell.getStyleClass()
                    .setAll(
                            "label",
                            "calendar-day",
                            "run-" + day.mark().name().toLowerCase(Locale.ROOT));
            cell.pseudoClassStateChanged(CHOSEN, day.date().equals(model.chosen().get()));
            cell.pseudoClassStateChanged(TODAY, day.date().equals(model.today()));
            cell.pseudoClassStateChanged(OTHER, !day.inMonth());
            cell.getTooltip().setText(day.words());
        }
    }

    private static void onKey(KeyEvent key, CalendarViewModel model) {
        switch (key.getCode()) {
            case RIGHT -> model.move(1);
            case LEFT -> model.move(-1);
            case DOWN -> model.move(WEEK);
            case UP -> model.move(-WEEK);
            case PAGE_DOWN -> model.turn(1);
            case PAGE_UP -> model.turn(-1);
            default -> {
                return;
            }
        }
        key.consume();
    }
}
