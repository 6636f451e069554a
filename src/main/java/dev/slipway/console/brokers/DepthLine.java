package dev.slipway.console.brokers;

import javafx.scene.layout.Region;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polyline;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// A small line of a queue's depth over the last minutes. Where it is not known, there is a gap.
public final class DepthLine extends Region {
    private static final int PLACES = 60;

    /// A queue that holds less is drawn as if the whole height were this many messages.
    private static final double LEAST = 10;

    private final Line ground = new Line();
    private List<@Nullable Long> depths = List.of();

    public DepthLine() {
        getStyleClass().add("depth-line");
        ground.getStyleClass().add("ground");
        setPrefSize(90, 18);
        setMinHeight(14);
        setFocusTraversable(false);
    }

    /// @param messages the latest last; null: not known
    public void show(List<@Nullable Long> messages) {
        int from = Math.max(0, messages.size() - PLACES);
        depths = new ArrayList<>(messages.subList(from, messages.size()));
        requestLayout();
    }

    private double most() {
        double most = LEAST;
        for (Long depth : depths) {
            most = depth == null ? most : Math.max(most, depth);
        }
        return most;
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        ground.setStartY(height - 1);
        ground.setEndY(height - 1);
        ground.setEndX(width);
        getChildren().setAll(ground);
        double most = most();
        Polyline line = null;
        int first = PLACES - depths.size();
        for (int i = 0; i < depths.size(); i++) {
            Long depth = depths.get(i);
            if (depth == null) {
                line = null;
                continue;
            }
            if (line == null) {
                line = new Polyline();
                line.getStyleClass().add("line");
                getChildren().add(line);
            }
            double x = width * (first + i) / (PLACES - 1);
            line.getPoints().addAll(x, height - 2 - (height - 4) * depth / most);
        }
    }
}
