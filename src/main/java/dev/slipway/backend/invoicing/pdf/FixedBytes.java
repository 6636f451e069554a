package dev.slipway.backend.invoicing.pdf;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Replaces what the PDF library draws at random (the file's id and the tags of font subsets) by
/// what follows from the invoice. Every replacement has the length of what it replaces, so the
/// cross-reference table stays true.
final class FixedBytes {
    private static final Pattern ID =
            Pattern.compile("/ID ?\\[ ?<([0-9a-fA-F]*)> ?<([0-9a-fA-F]*)> ?]");
    private static final Pattern SUBSET = Pattern.compile("/([A-Z]{6})\\+Roboto");

    private FixedBytes() {}

    static byte[] of(byte[] pdf, String id) {
        // one character per byte, so that offsets are those of the file
        var text = new StringBuilder(new String(pdf, StandardCharsets.ISO_8859_1));
        fileId(text, id);
        subsets(text);
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] digest(String id) {
        try {
            byte[] sha =
                    MessageDigest.getInstance("SHA-256")
                            .digest(id.getBytes(StandardCharsets.UTF_8));
            return Arrays.copyOf(sha, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void fileId(StringBuilder text, String id) {
        int trailer = text.lastIndexOf("trailer");
        var found = ID.matcher(text);
        if (trailer < 0 || !found.find(trailer)) {
            throw new IllegalStateException("the PDF has no id where one is expected");
        }
        String hex = HexFormat.of().formatHex(digest(id));
        for (int group = 1; group <= 2; group++) {
            int length = found.end(group) - found.start(group);
            text.replace(
                    found.start(group),
                    found.end(group),
                    hex.repeat(length / 32 + 1).substring(0, length));
        }
    }

    private static void subsets(StringBuilder text) {
        Map<String, String> tags = new LinkedHashMap<>();
        var found = SUBSET.matcher(text);
        while (found.find()) {
            tags.putIfAbsent(found.group(1), "SLIPW" + (char) ('A' + tags.size()));
        }
        for (var tag : tags.entrySet()) {
            String from = "/" + tag.getKey() + "+Roboto";
            String to = "/" + tag.getValue() + "+Roboto";
            for (int at = text.indexOf(from); at >= 0; at = text.indexOf(from, at + 1)) {
                text.replace(at, at + from.length(), to);
            }
        }
    }
}
