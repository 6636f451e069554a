package dev.slipway.backend.migration.source;

import java.util.List;

/// How many rows a source holds, and between which keys.
///
/// @param first smallest key; empty if there are no rows
/// @param last largest key; empty if there are no rows
public record Extent(long rows, List<String> first, List<String> last) {}
