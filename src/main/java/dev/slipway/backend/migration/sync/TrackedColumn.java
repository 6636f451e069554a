package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.convert.Encoding;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

/// A column of a MariaDB or MySQL table whose values the binlog is to tell.
///
/// @param place where it stands in the table, from 0
/// @param type for example `int`, `varchar`
/// @param unsigned whether its numbers have no sign
/// @param charset of its text; empty if it is none
record TrackedColumn(String name, int place, String type, boolean unsigned, String charset) {

    /// Why its values can't be told from the binlog; empty if they can.
    String problem() {
        return switch (type) {
            case "tinyint", "smallint", "mediumint", "int", "bigint", "decimal", "date" -> "";
            case "binary", "varbinary", "blob", "tinyblob", "mediumblob", "longblob" -> "";
            case "char", "varchar", "text", "tinytext", "mediumtext", "longtext" ->
                    set() == null ? "its character set " + charset + " is not known" : "";
            default -> "a key of type " + type + " can't be read from the binlog";
        };
    }

    /// The value as the source would show it.
    String text(@Nullable Object value) {
        return switch (value) {
            case null -> "";
            case byte[] bytes -> text(bytes);
            case BigDecimal number -> number.toPlainString();
            case Long millis when type.equals("date") ->
                    Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC).toLocalDate().toString();
            case Number number -> number(number.longValue());
            default -> value.toString();
        };
    }

    /// The binlog knows no unsigned numbers.
    private String number(long value) {
        if (!unsigned || value >= 0) {
            return Long.toString(value);
        }
        return switch (type) {
            case "tinyint" -> Long.toString(value & 0xFFL);
            case "smallint" -> Long.toString(value & 0xFFFFL);
            case "mediumint" -> Long.toString(value & 0xFFFFFFL);
            case "int" -> Long.toString(value & 0xFFFFFFFFL);
            default -> Long.toUnsignedString(value);
        };
    }

    private String text(byte[] bytes) {
        Charset set = set();
        if (charset.isEmpty() || set == null) {
            return Encoding.decode(bytes);
        }
        if (!charset.equals("latin1")) {
            return new String(bytes, set);
        }
        // the server's latin1 is Windows-1252 without its five gaps
        var text = new StringBuilder(new String(bytes, set));
        for (int i = 0; i < bytes.length; i++) {
            if (text.charAt(i) == '\uFFFD') {
                text.setCharAt(i, (char) (bytes[i] & 0xFF));
            }
        }
        return text.toString();
    }

    private @Nullable Charset set() {
        return switch (charset.toLowerCase(Locale.ROOT)) {
            case "latin1" -> Charset.forName("windows-1252");
            case "utf8", "utf8mb3", "utf8mb4" -> StandardCharsets.UTF_8;
            case "ascii" -> StandardCharsets.US_ASCII;
            case "latin2" -> Charset.forName("ISO-8859-2");
            case "cp1250" -> Charset.forName("windows-1250");
            case "cp1251" -> Charset.forName("windows-1251");
            default -> null;
        };
    }
}
