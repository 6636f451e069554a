package dev.slipway.backend.migration.profile;

import dev.slipway.api.migration.Waiting;

import org.jspecify.annotations.Nullable;

/// Hears how far a look at a source is.
public interface Heard {
    /// @param what is done, for a person: `reading orders`
    /// @param done rows so far; a row counts each time that it is looked at
    /// @param all such rows; 0 as long as they are being counted
    void at(String what, long done, long all);

    /// Hears again and again why nothing is read, and null when it goes on.
    default void waiting(@Nullable Waiting why) {}
}
