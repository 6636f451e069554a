package dev.slipway.console.migration;

import javafx.scene.layout.Region;
import javafx.scene.shape.Line;
import javafx.scene.shape.Polyline;

import java.util.ArrayList;
import java.util.List;

/// A small line of a sync's lag over its last ten minutes. Where the lag is not known, there is a
/// gap.
public final class LagLine extends Region {
    private static final int PLACES = 60;

    /// Less than this is drawn as if the whole height were this many seconds.
    private static final double LEAST = 10;

    private final Line ground = new Line();
    private final List<Polyline> lines = new ArrayList<>();
    private List<Long> lags = List.of();

    public LagLine() {
        getStyleClass().add("lag-line");
        ground.getStyleClass().add("ground");
        setFocusTraversable(false);
    }

    /// @param seconds the latest last; -1: not known
    public void show(List<Long> seconds) {
        lags = List.copyOf(seconds);
        requestLayout();
    }

    /// The worst lag that is shown, in seconds.
    static long worst(List<Long> seconds) {
        return seconds.stream().mapToLong(Long::longValue).max().orElse(0);
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        ground.setStartY(height - 1);
        ground.setEndY(height - 1);
        ground.setEndX(width);
        lines.clear();
        double most = Math.max(LEAST, worst(lags));
        Polyline line = null;
        int first = PLACES - lags.size();
        for (int i = 0; i < lags.size(); i++) {
            if (lags.get(i) < 0) {
                line = null;
                continue;
            }
            if (line == null) {
                line = new Polyline();
                line.getStyleClass().add("line");
                lines.add(line);
            }
            double x = width * (first + i) / (PLACES - 1);
            double y = height - 2 - (height - 4) * lags.get(i) / most;
            line.getPoints().addAll(x, y);
        }
        getChildren().setAll(ground);
        getChildren().addAll(lines);
    }
}
