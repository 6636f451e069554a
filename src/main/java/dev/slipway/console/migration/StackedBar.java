package dev.slipway.console.migration;

import javafx.scene.layout.Region;

import java.util.List;
import java.util.stream.Stream;

/// What became of a step's rows, as parts of one bar: the rest is still to be read.
final class StackedBar extends Region {
    private static final double HEIGHT = 12;

    private final List<Region> parts =
            Stream.of("written", "merged", "quarantined", "skipped").map(StackedBar::part).toList();
    private double[] shares = new double[4];

    StackedBar() {
        getStyleClass().add("stacked-bar");
        getChildren().addAll(parts);
        setMinHeight(HEIGHT);
        setPrefSize(150, HEIGHT);
        setMaxHeight(HEIGHT);
    }

    private static Region part(String name) {
        var region = new Region();
        region.getStyleClass().add("part-" + name);
        return region;
    }

    void show(StepRow row) {
        var step = row.step();
        shares =
                new double[] {
                    row.share(step.written()),
                    row.share(step.merged()),
                    row.share(step.quarantined()),
                    row.share(step.skipped())
                };
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        double x = 0;
        for (int i = 0; i < shares.length; i++) {
            // rows in quarantine are few among many: still to be seen
            double width = shares[i] == 0 ? 0 : Math.max(2, getWidth() * shares[i]);
            double left = Math.min(x, Math.max(0, getWidth() - width));
            parts.get(i).resizeRelocate(left, 0, width, getHeight());
            x = left + width;
        }
    }
}
