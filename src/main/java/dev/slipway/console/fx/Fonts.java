package dev.slipway.console.fx;

import javafx.scene.text.Font;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// The fonts that the console brings along, so that it looks the same everywhere, also where the
/// system has none.
public final class Fonts {
    private Fonts() {}

    /// Makes them known to the style sheet; any thread, once the toolkit runs.
    public static void load() {
        for (String weight : new String[] {"Regular", "Medium", "Bold"}) {
            String file = "/assets/fonts/Roboto-" + weight + ".ttf";
            try (InputStream in = Fonts.class.getResourceAsStream(file)) {
                if (in == null || Font.loadFont(in, 14) == null) {
                    throw new IllegalStateException("can't load " + file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
