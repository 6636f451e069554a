package dev.slipway.console.pictures;

import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;

import javax.imageio.ImageIO;
import javax.imageio.ImageReader;

/// A picture that was made, decoded no larger than it is looked at.
///
/// @param width in pixels, as it lies in the file
/// @param height in pixels, as it lies in the file
/// @param bytes of the file
record Preview(int width, int height, long bytes, BufferedImage image) {
    /// The longest side that is decoded.
    static final int LONGEST = 1_600;

    /// Blocks.
    ///
    /// @param unreadable what is said if it is none
    static Preview of(byte[] bytes, String unreadable) throws ProblemException {
        try (var in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            var readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new ProblemException(new Problem.Unreadable(unreadable));
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in, true, true);
                int width = reader.getWidth(0);
                int height = reader.getHeight(0);
                int step = 1 + (Math.max(width, height) - 1) / LONGEST;
                var param = reader.getDefaultReadParam();
                param.setSourceSubsampling(step, step, 0, 0);
                return new Preview(width, height, bytes.length, reader.read(0, param));
            } finally {
                reader.dispose();
            }
        } catch (IOException | RuntimeException e) { // decoders throw what they like
            throw new ProblemException(
                    new Problem.Unreadable(unreadable + " " + e.getMessage()), e);
        }
    }
}
