package dev.slipway.backend.migration.validation;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// How a witness reads what PHP serialised: as Latin-1 text of its bytes, piece by piece with
/// regular expressions.
final class PhpReading {
    static final Pattern PHP = Pattern.compile("N;|[bid]:|[saO]:\\d+:");
    private static final Pattern SCALAR =
            Pattern.compile(
                    "N;|b:[^;]*;|i:-?\\d{1,18};|d:-?\\d{1,18}(?:\\.\\d{1,18})?(?:[eE][-+]?\\d{1,2})?;");
    private static final Pattern LENGTH = Pattern.compile("s:(\\d{1,9}):\"");
    private static final Pattern OPEN = Pattern.compile("(a|O:8:\"stdClass\"):(\\d{1,9}):\\{");
    private static final int DEEPEST = 64;

    private final String bytes;
    private final Charset charset;
    private int at;

    private PhpReading(String bytes, Charset charset) {
        this.bytes = bytes;
        this.charset = charset;
    }

    static Reading of(String text) {
        for (Charset charset : List.of(StandardCharsets.UTF_8, Charset.forName("windows-1252"))) {
            byte[] encoded = text.getBytes(charset);
            var reader = new PhpReading(new String(encoded, StandardCharsets.ISO_8859_1), charset);
            Optional<String> value =
                    new String(encoded, charset).equals(text) ? reader.value(0) : Optional.empty();
            if (value.isPresent() && reader.at == reader.bytes.length()) {
                return new Reading.Some(value.get());
            }
        }
        return new Reading.Bad("is not what PHP serialises");
    }

    private Optional<String> value(int depth) {
        Optional<MatchResult> scalar = take(SCALAR);
        if (scalar.isPresent()) {
            return Optional.of(scalar(scalar.get().group()));
        }
        Optional<MatchResult> length = take(LENGTH);
        if (length.isPresent()) {
            return string(Integer.parseInt(length.get().group(1))).map(JsonReading::spelt);
        }
        return depth > DEEPEST ? Optional.empty() : take(OPEN).flatMap(o -> members(o, depth));
    }

    private static String scalar(String piece) {
        String value = piece.length() > 3 ? piece.substring(2, piece.length() - 1) : "";
        return switch (piece.charAt(0)) {
            case 'N' -> "null";
            case 'b' -> value.equals("1") ? "true" : "false";
            default -> JsonReading.word(value);
        };
    }

    private Optional<String> string(int length) {
        if (!bytes.startsWith("\";", Math.min(bytes.length(), at + length))) {
            return Optional.empty();
        }
        String text = bytes.substring(at, at + length);
        at += length + 2;
        return Optional.of(new String(text.getBytes(StandardCharsets.ISO_8859_1), charset));
    }

    private Optional<String> members(MatchResult open, int depth) {
        int size = Integer.parseInt(open.group(2));
        Map<String, String> members = new LinkedHashMap<>();
        List<String> names = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Optional<String> name = value(depth + 1);
            Optional<String> value = name.flatMap(_ -> value(depth + 1));
            if (name.isEmpty() || value.isEmpty()) {
                return Optional.empty();
            }
            names.add(name.get());
            members.put(plain(name.get()), value.get());
        }
        if (!bytes.startsWith("}", at)) {
            return Optional.empty();
        }
        at++;
        boolean list = open.group(1).equals("a");
        for (int i = 0; i < size; i++) {
            list &= names.get(i).equals(Integer.toString(i));
        }
        return Optional.of(
                list
                        ? JsonReading.list(List.copyOf(members.values()))
                        : JsonReading.object(members));
    }

    private static String plain(String spelt) {
        return spelt.replaceAll("^\"|\"$", "").replaceAll("\\\\(.)", "$1");
    }

    private Optional<MatchResult> take(Pattern pattern) {
        var found = pattern.matcher(bytes).region(at, bytes.length());
        if (!found.lookingAt()) {
            return Optional.empty();
        }
        at = found.end();
        return Optional.of(found.toMatchResult());
    }
}
