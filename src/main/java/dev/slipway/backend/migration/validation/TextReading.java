package dev.slipway.backend.migration.validation;

import dev.slipway.backend.migration.plan.ColumnType;

import org.jspecify.annotations.Nullable;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// How a witness reads text.
final class TextReading {
    private static final Pattern RAW = Pattern.compile("(?<![\\uD800-\\uDBFF])[\\uDC80-\\uDCFF]");
    private static final Map<Integer, Byte> BYTES = bytes();

    private TextReading() {}

    static Reading of(ColumnType.Text type, String raw) {
        if (RAW.matcher(raw).find()) {
            return new Reading.Bad("holds bytes that are not UTF-8");
        }
        if (raw.contains("\0") && !type.removeNul()) {
            return new Reading.Bad("holds a NUL character");
        }
        String text = raw.replaceAll("\\x00", "");
        text =
                switch (type.trim()) {
                    case NONE -> text;
                    case RIGHT -> bare("|" + text).substring(1);
                    case BOTH -> bare(text);
                };
        text =
                switch (type.letters()) {
                    case KEEP -> text;
                    case LOWER -> text.toLowerCase(Locale.ROOT);
                    case UPPER -> text.toUpperCase(Locale.ROOT);
                };
        if (type.slug()) {
            text = slug(text);
        }
        if (text.isEmpty() && (type.emptyIsMissing() || type.slug())) {
            return new Reading.None();
        }
        int[] characters = text.codePoints().toArray();
        if (type.max() > 0 && characters.length > type.max()) {
            return type.cut()
                    ? new Reading.Some(new String(characters, 0, type.max()))
                    : new Reading.Bad("is too long");
        }
        return new Reading.Some(text);
    }

    /// Words of letters and digits, in lower case, with hyphens between.
    static String slug(String text) {
        return String.join(
                "-",
                Arrays.stream(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]"))
                        .filter(word -> !word.isEmpty())
                        .toList());
    }

    /// Without the blanks at both ends.
    static String bare(String text) {
        int[] all = text.codePoints().toArray();
        int from = 0;
        int to = all.length;
        while (from < to && Character.isWhitespace(all[from])) {
            from++;
        }
        while (to > from && Character.isWhitespace(all[to - 1])) {
            to--;
        }
        return new String(all, from, to - from);
    }

    static @Nullable String bareOrNull(@Nullable String text) {
        return text == null || bare(text).isEmpty() ? null : bare(text);
    }

    /// Whether two words are the same but for case and the blanks at their ends.
    static boolean alike(String a, String b) {
        return bare(a).toLowerCase(Locale.ROOT).equals(bare(b).toLowerCase(Locale.ROOT));
    }

    /// Decodes again as long as that gives text of which the same bytes come back.
    static String repaired(String raw) {
        String text = RAW.matcher(raw).replaceAll(r -> latin1(r.group().charAt(0) - 0xDC00));
        for (int depth = 0; depth < 3; depth++) {
            byte[] bytes = encoded(text);
            if (bytes == null) {
                return text;
            }
            String decoded = new String(bytes, StandardCharsets.UTF_8);
            if (decoded.equals(text)
                    || !Arrays.equals(decoded.getBytes(StandardCharsets.UTF_8), bytes)) {
                return text;
            }
            text = decoded;
        }
        return text;
    }

    private static String latin1(int b) {
        return BYTES.entrySet().stream()
                .filter(e -> (e.getValue() & 0xFF) == b)
                .map(Map.Entry::getKey)
                .max(Integer::compare)
                .map(Character::toString)
                .orElse("");
    }

    private static byte @Nullable [] encoded(String text) {
        int[] characters = text.codePoints().toArray();
        byte[] bytes = new byte[characters.length];
        for (int i = 0; i < bytes.length; i++) {
            Byte b = BYTES.get(characters[i]);
            if (b == null) {
                return null;
            }
            bytes[i] = b;
        }
        return bytes;
    }

    /// Each character of Latin-1 and of Windows-1252 with its byte.
    private static Map<Integer, Byte> bytes() {
        Map<Integer, Byte> bytes = new HashMap<>();
        Charset windows = Charset.forName("windows-1252");
        for (int i = 0; i < 256; i++) {
            bytes.put(i, (byte) i);
            int character = windows.decode(java.nio.ByteBuffer.wrap(new byte[] {(byte) i})).get(0);
            if (character != 0xFFFD) {
                bytes.put(character, (byte) i);
            }
        }
        return bytes;
    }
}
