package dev.slipway.client.offline;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What is kept of a long list whose pages the server serves.
///
/// @param items the pages seen so far, in the server's order
/// @param next the cursor of the next page, or null if the whole list is here
/// @param total how many items the server's list has, or null if it did not say
public record Listing<T>(List<T> items, @Nullable String next, @Nullable Long total) {

    public Listing {
        items = List.copyOf(items);
    }
}
