package dev.slipway.tour;

import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

import javax.imageio.ImageIO;

/// Takes a picture of the console after each step: `NN-name.png`.
final class Pictures {
    private final Path folder;
    private final Hand hand;
    private final Scene scene;
    private int taken;

    Pictures(Path folder, Hand hand, Scene scene) {
        this.folder = folder;
        this.hand = hand;
        this.scene = scene;
    }

    /// Takes the next picture.
    ///
    /// @return its file
    Path take(String name) {
        Path file = folder.resolve(String.format(Locale.ROOT, "%02d-%s.png", ++taken, name));
        hand.rest();
        WritableImage image = hand.onUi(() -> scene.snapshot(null));
        try {
            Files.createDirectories(folder);
            ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + file, e);
        }
        return file;
    }
}
