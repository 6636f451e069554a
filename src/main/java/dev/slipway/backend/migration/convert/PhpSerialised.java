package dev.slipway.backend.migration.convert;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// PHP's `serialize()`: null, booleans, numbers, strings, arrays and objects without a class of
/// their own (`stdClass`). Other objects are refused. The lengths of strings count bytes: those of
/// UTF-8, or of Windows-1252 where the shop wrote in that before its tables were converted.
final class PhpSerialised {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final int DEEPEST = 64;
    private static final Charset WINDOWS = Charset.forName("windows-1252");
    private static final String OBJECT = "8:\"stdClass\":";
    private final Charset charset;
    private final byte[] bytes;
    private int at;

    private PhpSerialised(String text, Charset charset) {
        this.charset = charset;
        this.bytes = text.getBytes(charset);
    }

    static boolean looksLike(String text) {
        return text.matches("(?s)(N;|[bid]:.*|[saO]:\\d+:.*)");
    }

    static JsonNode read(String text) throws BadValue {
        try {
            return new PhpSerialised(text, StandardCharsets.UTF_8).whole();
        } catch (BadValue e) {
            boolean ascii = text.chars().allMatch(c -> c < 0x80);
            if (ascii || !WINDOWS.newEncoder().canEncode(text)) {
                throw e;
            }
            return new PhpSerialised(text, WINDOWS).whole();
        }
    }

    private JsonNode whole() throws BadValue {
        JsonNode tree = value(0);
        if (at != bytes.length) {
            throw bad();
        }
        return tree;
    }

    private JsonNode value(int depth) throws BadValue {
        if (depth > DEEPEST) {
            throw new BadValue("is nested deeper than " + DEEPEST);
        }
        char type = next();
        expect(type == 'N' ? ';' : ':');
        return switch (type) {
            case 'N' -> NODES.nullNode();
            case 'b' -> NODES.booleanNode(until(';').equals("1"));
            case 'i' -> NODES.numberNode(whole(until(';')));
            case 'd' -> NODES.numberNode(number(until(';')));
            case 's' -> {
                String text = string();
                expect(';');
                yield NODES.textNode(text);
            }
            case 'a' -> array(depth);
            case 'O' -> object(depth);
            default -> throw bad();
        };
    }

    /// A list if its keys are 0, 1, 2 …, else an object.
    private JsonNode array(int depth) throws BadValue {
        int size = size();
        expect('{');
        List<String> keys = new ArrayList<>();
        List<JsonNode> values = new ArrayList<>();
        boolean list = true;
        for (int i = 0; i < size; i++) {
            JsonNode key = value(depth + 1);
            list &= key.isNumber() && key.asInt() == i;
            keys.add(key.asText());
            values.add(value(depth + 1));
        }
        expect('}');
        if (list) {
            return NODES.arrayNode().addAll(values);
        }
        var object = NODES.objectNode();
        for (int i = 0; i < size; i++) {
            object.set(keys.get(i), values.get(i));
        }
        return object;
    }

    private JsonNode object(int depth) throws BadValue {
        for (int i = 0; i < OBJECT.length(); i++) {
            if (next() != OBJECT.charAt(i)) {
                throw new BadValue("holds an object of a PHP class");
            }
        }
        JsonNode members = array(depth);
        if (members.isObject()) {
            return members;
        }
        var object = NODES.objectNode();
        for (int i = 0; i < members.size(); i++) {
            object.set(Integer.toString(i), members.get(i));
        }
        return object;
    }

    private String string() throws BadValue {
        int size = size();
        expect('"');
        if (at + size >= bytes.length) {
            throw bad();
        }
        String text = new String(bytes, at, size, charset);
        at += size;
        expect('"');
        return text;
    }

    private int size() throws BadValue {
        long size = whole(until(':'));
        if (size < 0 || size > bytes.length) {
            throw bad();
        }
        return (int) size;
    }

    private static long whole(String text) throws BadValue {
        if (!text.matches("-?\\d{1,18}")) {
            throw bad();
        }
        return Long.parseLong(text);
    }

    private static BigDecimal number(String text) throws BadValue {
        if (!text.matches("-?\\d{1,18}(\\.\\d{1,18})?([eE][-+]?\\d{1,2})?")) {
            throw bad();
        }
        return new BigDecimal(text);
    }

    private String until(char end) throws BadValue {
        int from = at;
        while (at < bytes.length && bytes[at] != end) {
            at++;
        }
        String text = new String(bytes, from, at - from, charset);
        expect(end);
        return text;
    }

    private void expect(char c) throws BadValue {
        if (next() != c) {
            throw bad();
        }
    }

    private char next() throws BadValue {
        if (at >= bytes.length) {
            throw bad();
        }
        return (char) bytes[at++];
    }

    private static BadValue bad() {
        return new BadValue("is not what PHP serialises");
    }
}
