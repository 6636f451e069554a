package dev.slipway.backend.migration.target;

import org.jspecify.annotations.Nullable;

/// Rows by a key that is a whole number.
///
/// @param after exclusive; null for the beginning
/// @param to inclusive; null for the end
public record KeySpan(@Nullable Long after, @Nullable Long to) {
    /// Every row.
    public static final KeySpan ALL = new KeySpan(null, null);

    /// The condition as SQL, with its WHERE; empty if there is none.
    String where(String column) {
        String low = after == null ? "" : column + " > " + after;
        String high = to == null ? "" : column + " <= " + to;
        String both = low.isEmpty() || high.isEmpty() ? low + high : low + " AND " + high;
        return both.isEmpty() ? "" : " WHERE " + both;
    }
}
