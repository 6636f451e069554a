package dev.slipway.console.fx;

import javafx.embed.swing.SwingFXUtils;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.image.WritableImage;
import javafx.scene.layout.Region;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import javax.imageio.ImageIO;

/// A picture of a window's content in any size, whatever the size of the window and of the screen,
/// if there is one.
public final class Picture {
    private Picture() {}

    /// On the UI thread. The content is lent to a scene of that size and given back.
    public static WritableImage of(Scene scene, int width, int height) {
        Parent content = scene.getRoot();
        scene.setRoot(new Region());
        var larger = new Scene(content, width, height);
        try {
            // a second time: what listens to sizes has changed others
            for (int i = 0; i < 2; i++) {
                content.applyCss();
                content.layout();
            }
            return larger.snapshot(null);
        } finally {
            larger.setRoot(new Region());
            scene.setRoot(content);
        }
    }

    /// Writes it as PNG; any thread.
    public static void save(WritableImage image, Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        if (!ImageIO.write(SwingFXUtils.fromFXImage(image, null), "png", file.toFile())) {
            throw new IOException("no PNG writer for " + file);
        }
    }
}
