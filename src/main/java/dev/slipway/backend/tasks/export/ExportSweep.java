package dev.slipway.backend.tasks.export;

import dev.slipway.api.tasks.ExportState;
import dev.slipway.backend.rounds.Rounds;
import dev.slipway.backend.store.StateStore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/// Deletes files whose time is over and what dead workers left behind, ends exports that no worker
/// will ever take, and tells of files that are not there any more. One runs in each server; what
/// two of them do is the same as what one does.
final class ExportSweep implements AutoCloseable {
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration EVERY = Duration.ofSeconds(30);
    private static final Duration HISTORY = Duration.ofDays(14);

    /// A file that no export has may be one that will have it in a moment.
    private static final Duration SETTLED = Duration.ofMinutes(10);

    private final StateStore store;
    private final ExportStore exports;
    private final AgedExports aged;
    private final ExportFiles files;
    private final LostFiles lost;
    private final InstantSource clock;
    private final Rounds rounds = new Rounds(ExportSweep.class, "export-sweep");

    ExportSweep(
            StateStore store,
            ExportStore exports,
            AgedExports aged,
            ExportFiles files,
            LostFiles lost,
            InstantSource clock) {
        this.store = store;
        this.exports = exports;
        this.aged = aged;
        this.files = files;
        this.lost = lost;
        this.clock = clock;
    }

    void start() {
        rounds.every(FIRST, EVERY, "the exports could not be swept", this::sweep);
    }

    @Override
    public void close() {
        rounds.close();
    }

    void sweep() throws IOException {
        Instant now = clock.instant();
        for (String over : store.write(handle -> aged.expire(handle, now))) {
            Files.deleteIfExists(files.path(over));
        }
        store.writing(
                handle -> {
                    for (String id : aged.orphans(handle)) {
                        exports.end(
                                handle,
                                id,
                                ExportState.FAILED,
                                "Its job ended without it; the job's page says why. Start a new"
                                        + " export.",
                                now);
                    }
                    for (String id : aged.old(handle, now.minus(HISTORY))) {
                        exports.delete(handle, id);
                    }
                });
        lost.look();
        for (Path file : files.all()) {
            if (ownerless(file, now)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private boolean ownerless(Path file, Instant now) throws IOException {
        String id = ExportFiles.exportOf(file);
        if (id == null) {
            return false;
        }
        Optional<StoredExport> export = store.read(handle -> exports.find(handle, id));
        if (export.isPresent() && export.get().export().state().open()) {
            return false;
        }
        String name = file.getFileName().toString();
        if (export.isPresent() && name.equals(export.get().file())) {
            return false;
        }
        Instant written = Files.getLastModifiedTime(file).toInstant();
        return export.isEmpty() || written.isBefore(now.minus(SETTLED));
    }
}
