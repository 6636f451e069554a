package dev.slipway.backend.tasks.picture;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/// Pictures that the tests draw themselves.
final class Drawn {
    private Drawn() {}

    /// Red at the top left, green at the top right, blue at the bottom left, white at the bottom
    /// right.
    static BufferedImage quarters(int width, int height, int type) {
        var image = new BufferedImage(width, height, type);
        Graphics2D to = image.createGraphics();
        Color[] colours = {Color.RED, Color.GREEN, Color.BLUE, Color.WHITE};
        for (int i = 0; i < 4; i++) {
            to.setColor(colours[i]);
            to.fillRect(i % 2 * width / 2, i / 2 * height / 2, width / 2 + 1, height / 2 + 1);
        }
        to.dispose();
        return image;
    }

    static byte[] bytes(BufferedImage image, String form) throws IOException {
        var out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, form, out)) {
            throw new IOException("no writer for " + form);
        }
        return out.toByteArray();
    }

    static byte[] jpeg(int width, int height) throws IOException {
        return bytes(quarters(width, height, BufferedImage.TYPE_INT_RGB), "jpeg");
    }

    /// A JPEG that becomes sharper from pass to pass.
    static byte[] progressive(int width, int height) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        var out = new ByteArrayOutputStream();
        try (var to = new MemoryCacheImageOutputStream(out)) {
            writer.setOutput(to);
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            var image = quarters(width, height, BufferedImage.TYPE_INT_RGB);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /// The same JPEG, saying that it has another size.
    static byte[] sized(byte[] jpeg, int width, int height) {
        byte[] other = jpeg.clone();
        int frame = 0;
        while (jpeg[frame] != (byte) 0xFF
                || (jpeg[frame + 1] != (byte) 0xC0 && jpeg[frame + 1] != (byte) 0xC2)) {
            frame++;
        }
        ByteBuffer.wrap(other).putShort(frame + 5, (short) height);
        ByteBuffer.wrap(other).putShort(frame + 7, (short) width);
        return other;
    }

    static byte[] png(int width, int height) throws IOException {
        return bytes(quarters(width, height, BufferedImage.TYPE_INT_RGB), "png");
    }

    /// A JPEG whose EXIF says how it lies.
    static byte[] turned(int width, int height, int orientation) throws IOException {
        byte[] plain = jpeg(width, height);
        byte[] exif =
                join(
                        "Exif\0\0MM\0*".getBytes(StandardCharsets.ISO_8859_1),
                        new byte[] {0, 0, 0, 8, 0, 1},
                        new byte[] {1, 0x12, 0, 3, 0, 0, 0, 1, 0, (byte) orientation, 0, 0},
                        new byte[4]);
        byte[] head = {
            (byte) 0xFF,
            (byte) 0xD8,
            (byte) 0xFF,
            (byte) 0xE1,
            (byte) (exif.length + 2 >> 8),
            (byte) (exif.length + 2)
        };
        return join(head, exif, java.util.Arrays.copyOfRange(plain, 2, plain.length));
    }

    /// A JPEG whose only scan is there so many times.
    static byte[] passes(byte[] jpeg, int times) {
        int scan = 0;
        while (jpeg[scan] != (byte) 0xFF || jpeg[scan + 1] != (byte) 0xDA) {
            scan++;
        }
        byte[] one = java.util.Arrays.copyOfRange(jpeg, scan, jpeg.length - 2);
        byte[] all = java.util.Arrays.copyOf(jpeg, scan);
        for (int i = 0; i < times; i++) {
            all = join(all, one);
        }
        return join(all, new byte[] {(byte) 0xFF, (byte) 0xD9});
    }

    /// A PNG that is whole and says that it has so many pixels.
    static byte[] claims(int width, int height) {
        byte[] header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) 8).array();
        header[9] = 2;
        return join(
                new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10},
                chunk("IHDR", header),
                chunk("IDAT", new byte[] {0x78, (byte) 0x9C, 3, 0, 0, 0, 0, 1}),
                chunk("IEND", new byte[0]));
    }

    static byte[] chunk(String type, byte[] body) {
        byte[] name = type.getBytes(StandardCharsets.ISO_8859_1);
        var crc = new CRC32();
        crc.update(name);
        crc.update(body);
        return join(
                ByteBuffer.allocate(4).putInt(body.length).array(),
                name,
                body,
                ByteBuffer.allocate(4).putInt((int) crc.getValue()).array());
    }

    static byte[] join(byte[]... parts) {
        var out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
