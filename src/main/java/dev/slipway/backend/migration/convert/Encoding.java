package dev.slipway.backend.migration.convert;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// Text whose bytes were read in the wrong encoding.
///
/// A source gives bytes that are not UTF-8 as lone surrogates U+DC80…U+DCFF, one per byte, so that
/// nothing is lost before a plan has said what they mean.
public final class Encoding {
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final char FIRST_RAW = 0xDC80;
    private static final char LAST_RAW = 0xDCFF;
    private static final int DEEPEST = 3;
    private static final char[] HIGH = high();

    private Encoding() {}

    /// Decodes UTF-8, keeping each byte that is not as a lone surrogate.
    public static String decode(byte[] bytes) {
        String text = strictly(bytes);
        return text == null ? decodeLoosely(bytes) : text;
    }

    /// Whether text holds bytes that were not UTF-8.
    public static boolean hasRawBytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= FIRST_RAW
                    && c <= LAST_RAW
                    && (i == 0 || !Character.isHighSurrogate(text.charAt(i - 1)))) {
                return true;
            }
        }
        return false;
    }

    /// Repairs Latin-1 (Windows-1252) bytes and text that was encoded as UTF-8 more than once;
    /// leaves what is right as it is.
    public static String repair(String text) {
        if (ascii(text)) {
            return text;
        }
        String repaired = latin1(text);
        for (int i = 0; i < DEEPEST && !ascii(repaired); i++) {
            String deeper = undo(repaired);
            if (deeper == null) {
                break;
            }
            repaired = deeper;
        }
        return repaired;
    }

    private static boolean ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String latin1(String text) {
        if (!hasRawBytes(text)) {
            return text;
        }
        var repaired = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean raw = c >= FIRST_RAW && c <= LAST_RAW;
            boolean pair = i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
            repaired.append(raw && !pair ? HIGH[c - FIRST_RAW] : c);
        }
        return repaired.toString();
    }

    /// The text one encoding less deep, or null if it is not UTF-8 read as Latin-1.
    private static @Nullable String undo(String text) {
        byte[] bytes = new byte[text.length()];
        for (int i = 0; i < bytes.length; i++) {
            int b = toByte(text.charAt(i));
            if (b < 0) {
                return null;
            }
            bytes[i] = (byte) b;
        }
        return mayBeUtf8(bytes) ? strictly(bytes) : null;
    }

    /// Whether the first bytes that are not ASCII may stand in UTF-8: most text that is looked at
    /// is right as it is, and goes no further.
    private static boolean mayBeUtf8(byte[] bytes) {
        int at = 0;
        while (at < bytes.length && bytes[at] >= 0) {
            at++;
        }
        return at == bytes.length
                || (at + 1 < bytes.length
                        && (bytes[at] & 0xC0) == 0xC0
                        && (bytes[at + 1] & 0xC0) == 0x80);
    }

    /// The text if the bytes are UTF-8 throughout, else null. Most text that is looked at is right
    /// as it is and so is none when read once more: no exception is made for that.
    private static @Nullable String strictly(byte[] bytes) {
        var text = CharBuffer.allocate(bytes.length);
        var decoder = StandardCharsets.UTF_8.newDecoder();
        boolean well =
                decoder.decode(ByteBuffer.wrap(bytes), text, true).isUnderflow()
                        && decoder.flush(text).isUnderflow();
        return well ? text.flip().toString() : null;
    }

    private static int toByte(char c) {
        if (c < 0x100) {
            return c;
        }
        for (int i = 0; i < 0x20; i++) {
            if (HIGH[i] == c) {
                return 0x80 + i;
            }
        }
        return -1;
    }

    private static String decodeLoosely(byte[] bytes) {
        var text = new StringBuilder(bytes.length);
        int i = 0;
        while (i < bytes.length) {
            int length = sequence(bytes, i);
            if (length == 0) {
                text.append((char) (FIRST_RAW + (bytes[i] & 0xFF) - 0x80));
                i++;
            } else {
                text.append(new String(bytes, i, length, StandardCharsets.UTF_8));
                i += length;
            }
        }
        return text.toString();
    }

    /// The length of the well-formed UTF-8 sequence that begins here, or 0.
    private static int sequence(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        int length = first < 0x80 ? 1 : first < 0xC2 ? 0 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
        if (length == 0 || at + length > bytes.length) {
            return 0;
        }
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        return text.indexOf('\uFFFD') >= 0 && !isReplacement(bytes, at) ? 0 : length;
    }

    private static boolean isReplacement(byte[] bytes, int at) {
        return bytes[at] == (byte) 0xEF
                && bytes[at + 1] == (byte) 0xBF
                && bytes[at + 2] == (byte) 0xBD;
    }

    /// The characters of the bytes 0x80…0xFF. The five that Windows-1252 leaves open keep their
    /// number, as MySQL and browsers have it.
    private static char[] high() {
        char[] high = new char[128];
        for (int i = 0; i < high.length; i++) {
            char c = new String(new byte[] {(byte) (0x80 + i)}, WINDOWS).charAt(0);
            high[i] = c == '\uFFFD' ? (char) (0x80 + i) : c;
        }
        return high;
    }
}
