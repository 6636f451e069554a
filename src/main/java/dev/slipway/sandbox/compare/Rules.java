package dev.slipway.sandbox.compare;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.StandardCharsets;

/// The repairs that make a difference between the shops right. Everything else that is dirty in the
/// legacy database, its application reads as the migration does, so that both must say the same.
final class Rules {
    static final String MENDED = "text that was encoded twice is mended";
    static final String UNDECLARED = "undeclared";

    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final int MOST_TIMES = 3;

    private Rules() {}

    static String of(JsonNode legacy, JsonNode fresh) {
        return legacy.isTextual()
                        && fresh.isTextual()
                        && mendsTo(legacy.textValue(), fresh.textValue())
                ? MENDED
                : UNDECLARED;
    }

    /// Whether undoing wrong encodings, once or several times, makes one text of the other.
    static boolean mendsTo(String spoilt, String right) {
        String text = spoilt;
        for (int i = 0; i < MOST_TIMES; i++) {
            text = undone(text);
            if (text.equals(right)) {
                return true;
            }
        }
        return false;
    }

    /// The text whose UTF-8 was taken for Windows-1252 or Latin-1; the same text if it wasn't.
    private static String undone(String text) {
        ByteBuffer bytes = ByteBuffer.allocate(text.length() * 2);
        CharsetEncoder windows = WINDOWS.newEncoder();
        try {
            for (char c : text.toCharArray()) {
                if (windows.canEncode(c)) {
                    bytes.put(windows.encode(CharBuffer.wrap(new char[] {c})));
                } else if (c <= 0xFF) {
                    bytes.put((byte) c);
                } else {
                    return text;
                }
            }
            return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
        } catch (CharacterCodingException e) {
            return text;
        }
    }
}
