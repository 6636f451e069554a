package dev.slipway.backend.migration.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;

import dev.slipway.backend.migration.convert.Encoding;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/// Keys and raw rows as the ledger keeps them.
public final class Keys {
    private static final ObjectWriter EXACT =
            new ObjectMapper().writer().with(JsonWriteFeature.ESCAPE_NON_ASCII);
    private static final TypeReference<List<String>> LIST = new TypeReference<>() {};
    private static final TypeReference<Map<String, @Nullable String>> ROW =
            new TypeReference<>() {};

    private Keys() {}

    /// The parts of a key as one text.
    public static String write(List<String> key) {
        return LedgerJson.write(key.stream().map(Keys::visible).toList());
    }

    /// The parts of a key where a range ends.
    ///
    /// @throws SQLException if it could not be asked for again: the rows beyond it would be missed
    static String bound(List<String> key) throws SQLException {
        for (String part : key) {
            if (Encoding.hasRawBytes(part)) {
                throw new SQLException(
                        "the key %s of the source holds bytes that are not UTF-8, which can't be compared as text: let 'where' leave such rows out, or name one of 'expressions' as the key, such as hex(…)"
                                .formatted(shown(key)));
            }
        }
        return write(key);
    }

    public static List<String> read(String key) {
        return LedgerJson.read(key, LIST);
    }

    /// A key as a person reads it: `103` or `103, HQ336336`.
    public static String shown(List<String> key) {
        return key.size() == 1
                ? visible(key.getFirst())
                : String.join(", ", key.stream().map(Keys::visible).toList());
    }

    /// A raw row as JSON.
    public static String row(Map<String, @Nullable String> row) {
        return LedgerJson.write(row);
    }

    /// A raw row as JSON of nothing but ASCII, which keeps bytes that no text can hold.
    static String exactRow(Map<String, @Nullable String> row) {
        try {
            return EXACT.writeValueAsString(row);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    public static Map<String, @Nullable String> row(String json) {
        return LedgerJson.read(json, ROW);
    }

    /// Text that every database can keep: bytes that were not UTF-8 as `\xNN`, NUL as `\0`.
    public static String visible(String text) {
        if (!Encoding.hasRawBytes(text) && text.indexOf('\0') < 0) {
            return text;
        }
        var visible = new StringBuilder();
        text.codePoints()
                .forEach(
                        c -> {
                            if (c >= 0xDC80 && c <= 0xDCFF) {
                                visible.append(String.format("\\x%02x", c - 0xDC00));
                            } else if (c == 0) {
                                visible.append("\\0");
                            } else {
                                visible.appendCodePoint(c);
                            }
                        });
        return visible.toString();
    }
}
