package dev.slipway.api.tasks;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// An export: a file that a worker writes and that can be downloaded for a while.
///
/// @param startedAt when its last worker began, or null if none did
/// @param endedAt when it was ready, failed or was cancelled
/// @param jobId the job that writes it
/// @param rows written so far
/// @param total rows that will be written, or null until they are counted
/// @param etaSeconds until it is ready, or null while no one can tell
/// @param asOf the moment of the database that it shows, or null until it is read: all that was
///   committed by then is in it
/// @param lastAsOf if a worker died and another one went on: the later moment that the rows from
///   there on show; null if all of it shows one moment
/// @param bytes the file's size, or null until it is ready
/// @param sha256 of the file's bytes, hexadecimal, or null until it is ready
/// @param expiresAt when the file is deleted, or null until it is ready
/// @param fileName what to call the file where it is saved
/// @param reason why it failed, is tried again or was cancelled; of one that is ready: that its
///   file is lost, where, and what to do now; or null
public record Export(
        String id,
        ExportOf what,
        ExportFormat format,
        ExportFilter which,
        ExportState state,
        String startedBy,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        String jobId,
        long rows,
        @Nullable Long total,
        @Nullable Long etaSeconds,
        @Nullable Instant asOf,
        @Nullable Instant lastAsOf,
        @Nullable Long bytes,
        @Nullable String sha256,
        @Nullable Instant expiresAt,
        String fileName,
        @Nullable String reason) {

    /// Whether its file should be there and is not.
    public boolean lost() {
        return state == ExportState.READY && reason != null;
    }
}
