package dev.slipway.console.launch;

import javafx.css.PseudoClass;
import javafx.scene.layout.Region;

/// A share as a bar from 0 to 100 %. A share that isn't known is hatched, not empty: empty is 0.
public final class ShareBar extends Region {
    private static final PseudoClass UNKNOWN = PseudoClass.getPseudoClass("unknown");
    private static final double HEIGHT = 22;

    private final Region fill = new Region();
    private double share;

    public ShareBar() {
        getStyleClass().add("share-bar");
        fill.getStyleClass().add("share-part");
        getChildren().add(fill);
        setMinSize(160, HEIGHT);
        setPrefHeight(HEIGHT);
        setMaxWidth(Double.MAX_VALUE);
    }

    void show(Figure figure) {
        share = Math.clamp(figure.share(), 0, 1);
        pseudoClassStateChanged(UNKNOWN, figure.percent() == null);
        fill.setVisible(figure.percent() != null);
        setAccessibleText(figure.text());
        requestLayout();
    }

    @Override
    protected void layoutChildren() {
        fill.resizeRelocate(0, 0, getWidth() * share, getHeight());
    }
}
