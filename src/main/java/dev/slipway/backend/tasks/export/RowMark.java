package dev.slipway.backend.tasks.export;

import dev.slipway.backend.tasks.export.file.Column;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Tells one row from another without keeping what is in it. Rows that were read by another query,
/// or into other columns, have other marks.
final class RowMark {
    private RowMark() {}

    /// @param query what the source reads by
    static String of(String query, List<Column> columns, @Nullable Object[] values) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            for (String part : List.of(query, columns.toString(), Arrays.toString(values))) {
                sha256.update(part.getBytes(StandardCharsets.UTF_8));
                sha256.update((byte) 0);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
