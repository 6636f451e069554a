package dev.slipway.backend.migration.plan;

import java.util.List;

/// A natural key of a step's rows, by which other steps look them up and duplicates are found.
///
/// @param columns source columns
/// @param normal what is done to each before it is compared: `repair`, `trim`, `lower`, `digits`,
///   `slug`, `email` (what is no address is as if it were not there)
public record Match(int line, String name, List<String> columns, List<String> normal) {
    /// What `normal` may hold.
    public static final List<String> NORMAL =
            List.of("repair", "trim", "lower", "digits", "slug", "email");

    public Match {
        columns = List.copyOf(columns);
        normal = List.copyOf(normal);
    }
}
