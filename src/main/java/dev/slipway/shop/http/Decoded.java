package dev.slipway.shop.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Undoes percent-encoding, strictly: no half escapes, no broken UTF-8, no control characters.
final class Decoded {
    private Decoded() {}

    static List<String> path(String raw) {
        return Arrays.stream(raw.split("/", -1)).map(Decoded::text).toList();
    }

    static Map<String, String> query(String raw) {
        Map<String, String> query = new HashMap<>();
        if (!raw.isEmpty()) {
            for (String pair : Arrays.asList(raw.split("&", -1))) {
                int equals = pair.indexOf('=');
                String name = text(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : text(pair.substring(equals + 1).replace('+', ' '));
                if (query.put(name, value) != null) {
                    throw Problem.badRequest("A parameter stands in the query twice.");
                }
            }
        }
        return query;
    }

    private static String text(String raw) {
        var bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%') {
                bytes.write(escape(raw, i));
                i += 2;
            } else {
                bytes.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        try {
            String text =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes.toByteArray()))
                            .toString();
            if (text.chars().noneMatch(Character::isISOControl)) {
                return text;
            }
        } catch (CharacterCodingException e) {
            // the same answer as for a control character
        }
        throw Problem.badRequest("Path and query must be plain text in UTF-8.");
    }

    private static int escape(String raw, int at) {
        int high = at + 2 < raw.length() ? Character.digit(raw.charAt(at + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(raw.charAt(at + 2), 16);
        if (low < 0) {
            throw Problem.badRequest("A percent sign must be followed by two digits.");
        }
        return high * 16 + low;
    }
}
