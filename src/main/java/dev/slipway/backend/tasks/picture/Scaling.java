package dev.slipway.backend.tasks.picture;

import net.coobird.thumbnailator.Thumbnails;
import net.coobird.thumbnailator.util.exif.ExifFilterUtils;
import net.coobird.thumbnailator.util.exif.Orientation;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;

/// Decodes a picture no larger than it is needed, turns it upright and fits it into a box, without
/// anything but its pixels. A JPEG is converted to sRGB by the profile that it brought; what a PNG
/// says of its colours is not read, they count as sRGB.
final class Scaling {
    /// So many pixels are decoded at most, whatever the file holds: 4 bytes each.
    static final int MOST_DECODED = 6_000_000;

    private Scaling() {}

    /// @param longest the longest side that will be asked for
    /// @throws Rejected if it can't be decoded as a whole
    static BufferedImage decode(Path file, Outline outline, int longest)
            throws IOException, Rejected {
        ImageReader reader = ImageIO.getImageReadersByFormatName(outline.form().name()).next();
        List<String> warnings = new ArrayList<>();
        try (var in = new FileImageInputStream(file.toFile())) {
            reader.setInput(in, true, true);
            reader.addIIOReadWarningListener((_, text) -> warnings.add(text));
            if (reader.getWidth(0) != outline.width() || reader.getHeight(0) != outline.height()) {
                throw new Rejected("It tells two different sizes.");
            }
            ImageReadParam param = reader.getDefaultReadParam();
            int step = step(outline, longest);
            param.setSourceSubsampling(step, step, 0, 0);
            BufferedImage read = reader.read(0, param);
            if (!warnings.isEmpty()) {
                throw new Rejected("It is damaged: " + warnings.getFirst());
            }
            return plain(read);
        } catch (IOException | RuntimeException e) {
            // decoders throw what they like over bytes that make no sense
            throw new Rejected("It can't be decoded: " + e.getMessage());
        } catch (OutOfMemoryError e) {
            // what it asked for at once is not there, all else still is
            throw new Rejected("It takes more memory to decode than its worker has.");
        } finally {
            reader.dispose();
        }
    }

    /// Twice the wanted size is enough to scale from.
    private static int step(Outline outline, int longest) {
        int step = Math.max(1, Math.max(outline.width(), outline.height()) / (2 * longest));
        while (outline.pixels() / ((long) step * step) > MOST_DECODED) {
            step++;
        }
        return step;
    }

    /// Drawing converts to sRGB from the profile that the decoder found: it finds none in a PNG.
    private static BufferedImage plain(BufferedImage read) {
        boolean alpha = read.getColorModel().hasAlpha();
        var plain =
                new BufferedImage(
                        read.getWidth(),
                        read.getHeight(),
                        alpha ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB);
        Graphics2D to = plain.createGraphics();
        to.drawImage(read, 0, 0, null);
        to.dispose();
        return plain;
    }

    /// @param orientation as EXIF has it
    static BufferedImage fit(BufferedImage image, Size size, int orientation) throws IOException {
        BufferedImage upright =
                ExifFilterUtils.getFilterForOrientation(Orientation.typeOf(orientation))
                        .apply(image);
        if (upright.getWidth() <= size.width() && upright.getHeight() <= size.height()) {
            return upright;
        }
        return Thumbnails.of(upright)
                .size(size.width(), size.height())
                .imageType(
                        upright.getColorModel().hasAlpha()
                                ? BufferedImage.TYPE_INT_ARGB
                                : BufferedImage.TYPE_INT_RGB)
                .asBufferedImage();
    }

    /// The same without alpha, over a colour.
    static BufferedImage flat(BufferedImage image, Color background) {
        var flat =
                new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D to = flat.createGraphics();
        to.drawImage(image, 0, 0, background, null);
        to.dispose();
        return flat;
    }
}
