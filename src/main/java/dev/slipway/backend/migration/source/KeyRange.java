package dev.slipway.backend.migration.source;

import java.util.List;

/// The rows whose key comes after one and not after another.
///
/// @param after exclusive; empty for the beginning
/// @param to inclusive; empty for the end
public record KeyRange(List<String> after, List<String> to) {
    /// Every row.
    public static final KeyRange ALL = new KeyRange(List.of(), List.of());

    public KeyRange {
        after = List.copyOf(after);
        to = List.copyOf(to);
    }
}
