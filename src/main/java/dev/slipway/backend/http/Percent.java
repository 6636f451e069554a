package dev.slipway.backend.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Percent-encoding, read strictly: an escape that is cut short or not UTF-8 is refused, and so is
/// a control character.
final class Percent {
    private Percent() {}

    /// The decoded segments of a path. An encoded slash stays within its segment.
    static List<String> path(String raw) {
        List<String> segments = new ArrayList<>();
        for (String segment : raw.split("/", -1)) {
            segments.add(decode(segment, "path"));
        }
        return segments;
    }

    /// The parameters of a query, each at most once.
    static Map<String, String> query(String raw) {
        Map<String, String> parameters = new HashMap<>();
        if (raw.isEmpty()) {
            return parameters;
        }
        for (String pair : raw.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(plus(equals < 0 ? pair : pair.substring(0, equals)), "query");
            String value = equals < 0 ? "" : decode(plus(pair.substring(equals + 1)), name);
            if (parameters.put(name, value) != null) {
                throw Refused.badRequest(name, "The parameter stands in the query twice.");
            }
        }
        return parameters;
    }

    private static String plus(String text) {
        return text.replace('+', ' ');
    }

    private static String decode(String text, String field) {
        var bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '%') {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
            } else if (i + 2 < text.length()
                    && Character.digit(text.charAt(i + 1), 16) >= 0
                    && Character.digit(text.charAt(i + 2), 16) >= 0) {
                bytes.write(Integer.parseInt(text, i + 1, i + 3, 16));
                i += 2;
            } else {
                throw Refused.badRequest(field, "A percent sign must be followed by two digits.");
            }
        }
        String decoded = utf8(bytes.toByteArray(), field);
        if (decoded.chars().anyMatch(Character::isISOControl)) {
            throw Refused.badRequest(field, "Control characters are not taken.");
        }
        return decoded;
    }

    /// Text from bytes that must be UTF-8.
    static String utf8(byte[] bytes, String field) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw Refused.badRequest(field, "The text is not UTF-8.");
        }
    }
}
