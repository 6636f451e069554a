package dev.slipway.testing;

import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Labeled;
import javafx.scene.layout.Region;
import javafx.scene.paint.Color;
import javafx.scene.text.Text;

import org.kordamp.ikonli.javafx.FontIcon;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// What can't be read in a scene, measured on what is really drawn: text whose contrast with its
/// background is below WCAG 2 AA, and figures or headings that are cut off.
public final class Legibility {
    private static final double TEXT = 4.5;

    /// Also of icons, which are no text.
    private static final double LARGE = 3;

    private final List<String> faults = new ArrayList<>();

    private Legibility() {}

    /// On the UI thread, after a layout.
    public static List<String> faults(Parent root) {
        var legibility = new Legibility();
        legibility.look(root);
        return legibility.faults;
    }

    private void look(Node node) {
        if (!node.isVisible() || node.isDisabled() || node.getOpacity() == 0) {
            return;
        }
        if (node instanceof Text text && !text.getText().isBlank()) {
            contrast(text);
        }
        if (node instanceof Labeled labeled) {
            whole(labeled);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(this::look);
        }
    }

    private void contrast(Text text) {
        if (!(text.getFill() instanceof Color fill)) {
            return;
        }
        double opacity = 1;
        for (Node at = text; at != null; at = at.getParent()) {
            opacity *= at.getOpacity();
        }
        Color behind = background(text.getParent());
        double ratio = ratio(over(fill, opacity, behind), behind);
        if (ratio < wanted(text)) {
            faults.add(
                    String.format(
                            Locale.ROOT,
                            "contrast %.2f: %s on %s, %s",
                            ratio,
                            fill,
                            behind,
                            name(text)));
        }
    }

    private static double wanted(Text text) {
        boolean bold = text.getFont().getStyle().toLowerCase(Locale.ROOT).contains("bold");
        boolean large = text.getFont().getSize() >= (bold ? 18.66 : 24);
        return large || text instanceof FontIcon ? LARGE : TEXT;
    }

    /// Backgrounds over each other, up to the first that lets nothing through.
    private static Color background(Node from) {
        List<Color> layers = new ArrayList<>();
        for (Node at = from; at != null; at = at.getParent()) {
            if (at instanceof Region region && region.getBackground() != null) {
                var fills = region.getBackground().getFills();
                for (int i = fills.size() - 1; i >= 0; i--) {
                    if (fills.get(i).getFill() instanceof Color fill && fill.getOpacity() > 0) {
                        layers.add(fill);
                        if (fill.isOpaque()) {
                            return flat(layers);
                        }
                    }
                }
            }
        }
        layers.add(Color.WHITE);
        return flat(layers);
    }

    private static Color flat(List<Color> layers) {
        Color flat = layers.getLast();
        for (int i = layers.size() - 2; i >= 0; i--) {
            flat = over(layers.get(i), 1, flat);
        }
        return flat;
    }

    private static Color over(Color fill, double opacity, Color behind) {
        return behind.interpolate(
                Color.color(fill.getRed(), fill.getGreen(), fill.getBlue()),
                fill.getOpacity() * opacity);
    }

    /// Contrast as WCAG 2.2 defines it.
    static double ratio(Color one, Color other) {
        double a = luminance(one) + 0.05;
        double b = luminance(other) + 0.05;
        return Math.max(a, b) / Math.min(a, b);
    }

    private static double luminance(Color c) {
        double[] linear = {c.getRed(), c.getGreen(), c.getBlue()};
        for (int i = 0; i < 3; i++) {
            linear[i] =
                    linear[i] <= 0.04045
                            ? linear[i] / 12.92
                            : Math.pow((linear[i] + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
    }

    /// A figure that is cut off is another figure.
    private void whole(Labeled labeled) {
        boolean figure =
                labeled.getStyleClass().contains("figure-cell")
                        || labeled.getStyleClass().stream().anyMatch(s -> s.startsWith("figure"))
                        || labeled.getStyleClass().contains("total-figure")
                        || labeled.getParent() != null
                                && labeled.getParent().getStyleClass().contains("column-header");
        if (!figure || labeled.getText() == null || labeled.getText().isBlank()) {
            return;
        }
        for (Node child : labeled.getChildrenUnmodifiable()) {
            if (child instanceof Text text && !text.getText().equals(labeled.getText())) {
                faults.add("cut off: '" + labeled.getText() + "' reads '" + text.getText() + "'");
            }
        }
    }

    private static String name(Text text) {
        var name = new StringBuilder("'" + text.getText().lines().findFirst().orElse("") + "'");
        int up = 0;
        for (Node at = text.getParent(); at != null && up < 3; at = at.getParent(), up++) {
            name.append(" < ").append(at.getClass().getSimpleName()).append(at.getStyleClass());
        }
        return name.toString();
    }
}
