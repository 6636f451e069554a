package dev.slipway.console.migration;

import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableList;
import javafx.geometry.BoundingBox;
import javafx.scene.AccessibleRole;
import javafx.scene.canvas.Canvas;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.BackgroundFill;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.paint.Paint;

import org.jspecify.annotations.Nullable;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/// The chunks of a step, a small cell each. Arrow keys move among them, a click picks one. Drawn on
/// one canvas: thousands of cells cost one node. The colours come from the style sheet through
/// swatches that are never seen.
public final class ChunkMap extends Region {
    private static final double GAP = 2;
    private static final double LARGEST = 16;
    private static final double SMALLEST = 5;

    private final ObjectProperty<ObservableList<ChunkCell>> cells =
            new SimpleObjectProperty<>(this, "cells", FXCollections.observableArrayList());
    private final ObjectProperty<@Nullable ChunkCell> selected =
            new SimpleObjectProperty<>(this, "selected", null);
    private final Canvas canvas = new Canvas();
    private final Tooltip tooltip = new Tooltip();
    private final Map<ChunkCell.State, Region> swatches = new EnumMap<>(ChunkCell.State.class);
    private final Region focusSwatch = swatch("focus");
    private double pitch = LARGEST + GAP;
    private int columns = 1;

    public ChunkMap() {
        getStyleClass().add("chunk-map");
        setId("chunk-map");
        setMinHeight(60);
        setFocusTraversable(true);
        setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        getChildren().add(canvas);
        for (ChunkCell.State state : ChunkCell.State.values()) {
            swatches.put(state, swatch(state.name().toLowerCase(Locale.ROOT)));
        }
        tooltip.setWrapText(true);
        Tooltip.install(this, tooltip);
        selected.addListener((_, _, cell) -> setAccessibleText(cell == null ? "" : cell.text()));
        selected.addListener(_ -> requestLayout());
        focusedProperty().addListener(_ -> requestLayout());
        setOnKeyPressed(this::onKey);
        setOnMouseMoved(this::onHover);
        setOnMousePressed(this::onPress);
    }

    private Region swatch(String name) {
        var region = new Region();
        region.getStyleClass().add("swatch-" + name);
        region.setVisible(false);
        region.setManaged(false);
        region.backgroundProperty().addListener(_ -> requestLayout());
        getChildren().add(region);
        return region;
    }

    void show(ObservableList<ChunkCell> list, ObjectProperty<@Nullable ChunkCell> selection) {
        cells.set(list);
        list.addListener((ListChangeListener<ChunkCell>) _ -> requestLayout());
        selected.bindBidirectional(selection);
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        canvas.setWidth(width);
        canvas.setHeight(height);
        fit(width, height);
        var pen = canvas.getGraphicsContext2D();
        pen.clearRect(0, 0, width, height);
        ObservableList<ChunkCell> all = cells.get();
        ChunkCell chosen = selected.get();
        for (int i = 0; i < all.size(); i++) {
            var place = place(i);
            pen.setFill(paint(swatches.get(all.get(i).state())));
            pen.fillRect(place.getMinX(), place.getMinY(), place.getWidth(), place.getHeight());
            if (chosen != null && chosen.number() == all.get(i).number()) {
                pen.setStroke(paint(focusSwatch));
                pen.setLineWidth(isFocused() ? 3 : 2);
                pen.strokeRect(
                        place.getMinX(), place.getMinY(), place.getWidth(), place.getHeight());
            }
        }
    }

    /// The largest cells with which all of them fit.
    private void fit(double width, double height) {
        int count = Math.max(1, cells.get().size());
        for (double size = LARGEST; size >= SMALLEST; size--) {
            pitch = size + GAP;
            columns = Math.max(1, (int) ((width - GAP) / pitch));
            if (Math.ceilDiv(count, columns) * pitch + GAP <= height) {
                return;
            }
        }
    }

    private BoundingBox place(int i) {
        double x = GAP + i % columns * pitch;
        double y = GAP + i / columns * pitch;
        return new BoundingBox(x, y, pitch - GAP, pitch - GAP);
    }

    private static Paint paint(@Nullable Region swatch) {
        if (swatch == null || swatch.getBackground() == null) {
            return Color.GRAY;
        }
        return swatch.getBackground().getFills().stream()
                .findFirst()
                .map(BackgroundFill::getFill)
                .orElse(Color.GRAY);
    }

    private void onKey(KeyEvent key) {
        int step =
                switch (key.getCode()) {
                    case KeyCode.RIGHT -> 1;
                    case KeyCode.LEFT -> -1;
                    case KeyCode.DOWN -> columns;
                    case KeyCode.UP -> -columns;
                    case KeyCode.HOME -> -cells.get().size();
                    case KeyCode.END -> cells.get().size();
                    default -> 0;
                };
        if (step != 0 && !cells.get().isEmpty()) {
            ChunkCell now = selected.get();
            int from = now == null ? -1 : now.number() - cells.get().getFirst().number();
            int to = now == null ? 0 : from + step;
            selected.set(cells.get().get(Math.clamp(to, 0, cells.get().size() - 1)));
            key.consume();
        }
    }

    private void onHover(MouseEvent mouse) {
        ChunkCell under = under(mouse);
        tooltip.setText(under == null ? "" : under.text());
    }

    private void onPress(MouseEvent mouse) {
        requestFocus();
        ChunkCell under = under(mouse);
        if (under != null) {
            selected.set(under);
        }
    }

    private @Nullable ChunkCell under(MouseEvent mouse) {
        int column = (int) ((mouse.getX() - GAP) / pitch);
        int i = (int) ((mouse.getY() - GAP) / pitch) * columns + column;
        return column >= 0 && column < columns && i >= 0 && i < cells.get().size()
                ? cells.get().get(i)
                : null;
    }
}
