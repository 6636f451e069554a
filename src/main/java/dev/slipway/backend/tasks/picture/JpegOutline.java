package dev.slipway.backend.tasks.picture;

import dev.slipway.backend.tasks.picture.Outline.Form;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Follows the markers of a JPEG to its end.
final class JpegOutline {
    private static final int EXIF_ORIENTATION = 0x0112;

    /// A progressive JPEG of a camera or a program has about ten; each is decoded over all pixels.
    private static final int MOST_SCANS = 100;

    private final Bytes in;
    private int width;
    private int height;
    private boolean progressive;

    /// Bytes of all its coefficients, which are kept if more than one scan adds to them.
    private long coefficients;

    private int orientation = 1;

    JpegOutline(Bytes in) {
        this.in = in;
    }

    Outline read() throws IOException, Rejected {
        in.skip(2);
        int scans = 0;
        int marker = marker(in.next());
        while (marker != 0xD9) {
            if (marker == 0xDA) {
                scans++;
                if (scans > MOST_SCANS) {
                    throw new Rejected(
                            "It is drawn in more than %d passes; save it anew."
                                    .formatted(MOST_SCANS));
                }
                in.skip(in.two() - 2L);
                marker = entropy();
            } else {
                segment(marker);
                marker = marker(in.next());
            }
        }
        if (width == 0 || height == 0) {
            throw new Rejected("It says nothing of its size.");
        }
        boolean atOnce = !progressive && scans == 1;
        return new Outline(Form.JPEG, width, height, orientation, atOnce ? 0 : coefficients);
    }

    private int marker(int first) throws IOException, Rejected {
        if (first != 0xFF) {
            throw new Rejected("It is damaged: where a part should begin there is something else.");
        }
        int marker = in.next();
        while (marker == 0xFF) {
            marker = in.next();
        }
        return marker;
    }

    /// Passes over coded pixels.
    private int entropy() throws IOException {
        while (true) {
            if (in.next() == 0xFF) {
                int next = in.next();
                while (next == 0xFF) {
                    next = in.next();
                }
                if (next != 0 && (next < 0xD0 || next > 0xD7)) {
                    return next;
                }
            }
        }
    }

    private void segment(int marker) throws IOException, Rejected {
        if ((marker >= 0xD0 && marker <= 0xD8) || marker == 0x01) {
            return;
        }
        int length = in.two() - 2;
        if (length < 0) {
            throw new Rejected("A part of it claims an impossible length.");
        }
        byte[] body = in.take(length);
        boolean frame = marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xCC;
        if (frame && marker != 0xC8) {
            frame(marker, body);
        } else if (marker == 0xE1) {
            orientation = orientation(body, orientation);
        }
    }

    private void frame(int marker, byte[] body) throws Rejected {
        if (marker > 0xC2) {
            throw new Rejected("It is a kind of JPEG (lossless or arithmetic) that is not taken.");
        }
        if (body.length < 6) {
            throw new Rejected("It is damaged.");
        }
        height = ((body[1] & 0xFF) << 8) | (body[2] & 0xFF);
        width = ((body[3] & 0xFF) << 8) | (body[4] & 0xFF);
        if (body[5] == 4) {
            throw new Rejected("It is in print colours (CMYK); save it in RGB.");
        }
        progressive = marker == 0xC2;
        coefficients = coefficients(body);
    }

    /// Two bytes for each sample of each component, which may have fewer samples than pixels (ITU-T
    /// T.81, B.2.2).
    private long coefficients(byte[] frame) throws Rejected {
        int components = frame[5];
        if (components < 1 || frame.length < 6 + 3 * components) {
            throw new Rejected("It is damaged.");
        }
        int samples = 0;
        int most = 1;
        for (int i = 0; i < components; i++) {
            int both = frame[7 + 3 * i];
            int each = (both >> 4 & 0xF) * (both & 0xF);
            samples += each;
            most = Math.max(most, each);
        }
        return 2L * width * height * samples / most;
    }

    /// What EXIF says; anything that is not as it should be counts as upright.
    static int orientation(byte[] segment, int otherwise) {
        if (segment.length < 14
                || !new String(segment, 0, 6, StandardCharsets.ISO_8859_1).equals("Exif\0\0")) {
            return otherwise;
        }
        var tiff = ByteBuffer.wrap(segment, 6, segment.length - 6).slice();
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        if (directory < 8 || directory > tiff.limit() - 2) {
            return otherwise;
        }
        int entries = tiff.getShort(directory) & 0xFFFF;
        for (int i = 0; i < entries; i++) {
            int at = directory + 2 + 12 * i;
            if (at > tiff.limit() - 12) {
                return otherwise;
            }
            if ((tiff.getShort(at) & 0xFFFF) == EXIF_ORIENTATION) {
                int value = tiff.getShort(at + 8);
                return value >= 1 && value <= 8 ? value : otherwise;
            }
        }
        return otherwise;
    }
}
