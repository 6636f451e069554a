package dev.slipway.console.overview;

import javafx.beans.property.DoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;

/// How the traffic is split: the new pool's share from the left, the rest is legacy's. A share that
/// is not known leaves the bar hatched, never empty.
public final class ShareBar extends StackPane {
    private final DoubleProperty share = new SimpleDoubleProperty(this, "share", Double.NaN);
    private final Region part = new Region();

    public ShareBar() {
        getStyleClass().add("share-bar");
        part.getStyleClass().add("share-part");
        getChildren().add(part);
        share.subscribe(_ -> requestLayout());
    }

    /// From 0 to 100; not a number if unknown.
    public DoubleProperty shareProperty() {
        return share;
    }

    public double getShare() {
        return share.get();
    }

    public void setShare(double value) {
        share.set(value);
    }

    @Override
    protected void layoutChildren() {
        boolean known = !Double.isNaN(share.get());
        pseudoClassStateChanged(javafx.css.PseudoClass.getPseudoClass("unknown"), !known);
        double width = known ? getWidth() * Math.clamp(share.get() / 100, 0, 1) : 0;
        part.setVisible(width > 0);
        part.resizeRelocate(0, 0, width, getHeight());
    }
}
