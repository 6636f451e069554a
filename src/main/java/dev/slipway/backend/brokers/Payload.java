package dev.slipway.backend.brokers;

import com.fasterxml.jackson.databind.JsonNode;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/// A payload's beginning as a person can read it.
///
/// @param form `json`, `text` or `hex`
/// @param cut whether it is not all
record Payload(String form, String text, boolean cut) {
    private static final int MOST_CHARACTERS = 16_384;
    private static final int MOST_HEX_BYTES = 1_024;

    /// A character of UTF-8 that was cut off has at most so many bytes.
    private static final int TAIL = 3;

    /// @param head the bytes at hand
    /// @param bytes the payload's length
    static Payload of(byte[] head, long bytes) {
        boolean whole = head.length == bytes;
        for (int tail = 0; tail <= (whole ? 0 : Math.min(TAIL, head.length)); tail++) {
            try {
                String text =
                        StandardCharsets.UTF_8
                                .newDecoder()
                                .decode(ByteBuffer.wrap(head, 0, head.length - tail))
                                .toString();
                return readable(text) ? ofText(text, whole) : hex(head, bytes);
            } catch (CharacterCodingException e) {
                // perhaps its last character was cut off
            }
        }
        return hex(head, bytes);
    }

    private static boolean readable(String text) {
        return text.chars().noneMatch(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t');
    }

    private static Payload ofText(String text, boolean whole) {
        if (whole && (text.startsWith("{") || text.startsWith("["))) {
            try {
                JsonNode tree = Lenient.tree(text);
                return limited("json", tree.toPrettyString(), true);
            } catch (Unreadable e) {
                // then it is a text
            }
        }
        return limited("text", text, whole);
    }

    private static Payload limited(String form, String text, boolean whole) {
        return text.length() > MOST_CHARACTERS
                ? new Payload(form, text.substring(0, MOST_CHARACTERS), true)
                : new Payload(form, text, !whole);
    }

    private static Payload hex(byte[] head, long bytes) {
        byte[] shown = Arrays.copyOf(head, Math.min(head.length, MOST_HEX_BYTES));
        var text = new StringBuilder();
        for (int i = 0; i < shown.length; i += 16) {
            int end = Math.min(i + 16, shown.length);
            text.append("%08x  ".formatted(i));
            text.append(HexFormat.ofDelimiter(" ").formatHex(shown, i, end)).append('\n');
        }
        return new Payload("hex", text.toString(), shown.length < bytes);
    }
}
