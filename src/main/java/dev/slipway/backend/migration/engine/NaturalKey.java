package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.convert.Normal;
import dev.slipway.backend.migration.plan.Match;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/// A match key of a step, made of a raw row.
///
/// @param from where its columns stand in a row
record NaturalKey(Match match, int[] from) {

    /// The key, or null if the row names none.
    @Nullable String of(@Nullable String[] row) {
        List<@Nullable String> raw = new ArrayList<>(from.length);
        for (int at : from) {
            raw.add(row[at]);
        }
        return Normal.key(match, raw);
    }
}
