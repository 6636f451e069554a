package dev.slipway.api;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// One page of a list.
///
/// @param next the cursor of the page after this one, or null if this is the last; opaque
/// @param total how many items the whole list has, or null where counting would cost a scan
public record Page<T>(List<T> items, @Nullable String next, @Nullable Long total) {

    public Page {
        items = List.copyOf(items);
    }
}
