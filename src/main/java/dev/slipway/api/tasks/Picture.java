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
/// @param madeBytes how large the files are that were made, in the order of `files`; empty if one
///   of them is not there any more
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
        List<Long> madeBytes,
        @Nullable String reason) {

    /// The most bytes that a picture may have which is sent with a request; a larger one is put
    /// into the folder.
    public static final int MOST_SENT = 20_000_000;

    public Picture {
        files = List.copyOf(files);
        madeBytes = List.copyOf(madeBytes);
    }
}
