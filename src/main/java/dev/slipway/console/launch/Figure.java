package dev.slipway.console.launch;

import dev.slipway.console.table.Figures;

import org.jspecify.annotations.Nullable;

/// One of the three shares of the new pool.
///
/// @param percent null when it isn't known
/// @param note where it comes from, from how many requests, or why it isn't known
public record Figure(@Nullable Double percent, String note) {

    public String text() {
        return percent == null ? Figures.UNKNOWN : Figures.percent(percent);
    }

    /// 0 to 1 for a bar.
    public double share() {
        return percent == null ? 0 : percent / 100;
    }
}
