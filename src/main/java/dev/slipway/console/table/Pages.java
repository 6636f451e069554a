package dev.slipway.console.table;

import dev.slipway.client.ProblemException;
import dev.slipway.client.offline.ListQuery;

import org.jspecify.annotations.Nullable;

/// Brings a page of a long list into the offline store, from where the screen reads it.
@FunctionalInterface
public interface Pages<T> {

    /// Blocks until the page stands in the store.
    ///
    /// @param cursor of the page, or null for the first, which begins the list anew
    void load(ListQuery<T> list, @Nullable String cursor) throws ProblemException;
}
