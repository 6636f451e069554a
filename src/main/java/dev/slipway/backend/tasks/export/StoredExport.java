package dev.slipway.backend.tasks.export;

import dev.slipway.api.tasks.Export;

import org.jspecify.annotations.Nullable;

/// An export as the state database keeps it.
///
/// @param turn how many workers began it
/// @param file its file in the folder, or null if it has none
record StoredExport(Export export, int turn, @Nullable String file) {}
