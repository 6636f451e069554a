package dev.slipway.api.tasks;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A file of the folder of product pictures, and what came of it.
///
/// @param name in the folder, with the folders below it
/// @param sha256 of its bytes, or null if it was rejected
/// @param form JPEG, PNG or GIF, or null if it was rejected
/// @param width in pixels, as it lies in the file; null if it was rejected
/// @param height in pixels, as it lies in the file; null if it was rejected
/// @param files what was made of it, each `SHA-256/SIZE.ENDING`
/// @param reason why it was rejected, or null
public record Picture(
        String runId,
        String name,
        PictureState state,
        @Nullable String sha256,
        @Nullable String form,
        @Nullable Integer width,
        @Nullable Integer height,
        long bytes,
        List<String> files,
        @Nullable String reason) {

    public Picture {
        files = List.copyOf(files);
    }
}
