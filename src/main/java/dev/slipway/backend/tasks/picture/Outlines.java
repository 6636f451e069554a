package dev.slipway.backend.tasks.picture;

import dev.slipway.backend.tasks.picture.Outline.Form;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.CRC32;

/// Looks a file through from its first byte to its last without decoding it: what it is, how large
/// it would be, whether it is whole, and whether anything else hangs on behind it.
final class Outlines {
    private static final int HEAD = 16;
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

    private Outlines() {}

    /// @throws Rejected if it is none of the forms, not whole, animated, or more than one thing
    static Outline of(Path file) throws IOException, Rejected {
        try (var in = new BufferedInputStream(Files.newInputStream(file), 64 << 10)) {
            in.mark(HEAD);
            byte[] head = in.readNBytes(HEAD);
            in.reset();
            Outline outline = walk(head, in);
            end(in, outline.form());
            if (outline.width() < 1 || outline.height() < 1) {
                throw new Rejected("It says that it has no pixels.");
            }
            return outline;
        } catch (EOFException e) {
            throw new Rejected("It is truncated: it ends in the middle.");
        }
    }

    private static Outline walk(byte[] head, InputStream in) throws IOException, Rejected {
        if (head.length == 0) {
            throw new Rejected("It is empty.");
        }
        if (starts(head, PNG)) {
            return png(new Bytes(in));
        }
        if (starts(head, new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF})) {
            return new JpegOutline(new Bytes(in)).read();
        }
        String text = new String(head, StandardCharsets.ISO_8859_1);
        if (text.startsWith("GIF87a") || text.startsWith("GIF89a")) {
            return gif(new Bytes(in));
        }
        String stripped = text.replace("\u00EF\u00BB\u00BF", "").stripLeading();
        if (stripped.startsWith("<")) {
            throw new Rejected("It is SVG, XML or HTML: such files are programs, not pictures.");
        }
        if (text.startsWith("RIFF") && text.contains("WEBP")) {
            throw new Rejected("It is WebP, which is not taken; convert it to JPEG or PNG.");
        }
        throw new Rejected("It is no JPEG, PNG or GIF.");
    }

    private static boolean starts(byte[] head, byte[] with) {
        return head.length >= with.length
                && Arrays.equals(head, 0, with.length, with, 0, with.length);
    }

    /// Padding and a second JPEG, as cameras append one, are harmless: nothing of it is kept.
    private static void end(InputStream in, Form form) throws IOException, Rejected {
        int first = in.read();
        while (first == 0) {
            first = in.read();
        }
        boolean camera = form == Form.JPEG && first == 0xFF && in.read() == 0xD8;
        if (first >= 0 && !camera) {
            throw new Rejected("Behind the picture there is something else in the same file.");
        }
    }

    private static Outline png(Bytes in) throws IOException, Rejected {
        in.skip(PNG.length);
        int width = 0;
        int height = 0;
        while (true) {
            long length = in.four();
            if (length > Integer.MAX_VALUE) {
                throw new Rejected("A part of it claims an impossible length.");
            }
            byte[] type = in.take(4);
            String name = new String(type, StandardCharsets.ISO_8859_1);
            var crc = new CRC32();
            crc.update(type);
            if (name.equals("acTL")) {
                throw new Rejected("It is animated.");
            }
            for (long left = length; left > 0; left -= Math.min(left, 8_192)) {
                byte[] part = in.take((int) Math.min(left, 8_192));
                crc.update(part);
                if (name.equals("IHDR") && left == length && part.length >= 8) {
                    width = four(part, 0);
                    height = four(part, 4);
                }
            }
            if (in.four() != crc.getValue()) {
                throw new Rejected("It is damaged: a checksum in it does not fit.");
            }
            if (name.equals("IEND")) {
                return new Outline(Form.PNG, width, height, 1, 0);
            }
        }
    }

    private static int four(byte[] bytes, int at) {
        return ((bytes[at] & 0xFF) << 24)
                | ((bytes[at + 1] & 0xFF) << 16)
                | ((bytes[at + 2] & 0xFF) << 8)
                | (bytes[at + 3] & 0xFF);
    }

    private static Outline gif(Bytes in) throws IOException, Rejected {
        in.skip(6);
        int width = in.twoLittle();
        int height = in.twoLittle();
        int flags = in.next();
        in.skip(2);
        skipColours(in, flags);
        int pictures = 0;
        while (true) {
            switch (in.next()) {
                case 0x21 -> {
                    in.skip(1);
                    skipBlocks(in);
                }
                case 0x2C -> {
                    pictures++;
                    if (pictures > 1) {
                        throw new Rejected("It is animated.");
                    }
                    in.skip(8);
                    skipColours(in, in.next());
                    in.skip(1);
                    skipBlocks(in);
                }
                case 0x3B -> {
                    if (pictures == 0) {
                        throw new Rejected("There is no picture in it.");
                    }
                    return new Outline(Form.GIF, width, height, 1, 0);
                }
                default -> throw new Rejected("It is damaged.");
            }
        }
    }

    private static void skipColours(Bytes in, int flags) throws IOException {
        if ((flags & 0x80) != 0) {
            in.skip(3L << ((flags & 7) + 1));
        }
    }

    private static void skipBlocks(Bytes in) throws IOException {
        int length = in.next();
        while (length > 0) {
            in.skip(length);
            length = in.next();
        }
    }
}
