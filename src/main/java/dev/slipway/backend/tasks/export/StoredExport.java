package dev.slipway.backend.tasks.export;

import dev.slipway.api.tasks.Export;

import org.jspecify.annotations.Nullable;

/// An export as the state database keeps it.
///
/// @param turn how many workers began it
/// @param file its file in the folder, or null if it has none
/// @param piece what of it the workers before left to go on with, or null if there is nothing
record StoredExport(Export export, int turn, @Nullable String file, @Nullable Piece piece) {}
