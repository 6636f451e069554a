package dev.slipway.api.tasks;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A run over the folder of product pictures.
///
/// @param total files in the folder, or null until they are counted
/// @param made pictures of which new sizes were made
/// @param known pictures of which all sizes were there already
/// @param rejected files that were not taken; each says why
/// @param reason why it failed or was cancelled, or null
public record PictureRun(
        String id,
        PictureRunState state,
        String startedBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        String jobId,
        @Nullable Long total,
        long made,
        long known,
        long rejected,
        @Nullable String reason) {

    /// How many files were looked at.
    public long seen() {
        return made + known + rejected;
    }
}
