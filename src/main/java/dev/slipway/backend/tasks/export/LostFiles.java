package dev.slipway.backend.tasks.export;

import dev.slipway.backend.http.Refused;
import dev.slipway.backend.store.StateStore;

import java.io.IOException;
import java.util.List;

/// Tells of exports that are ready although this machine does not find their file: someone deleted
/// it, or its worker has a folder of its own. Each machine speaks for itself: what one has said
/// only it takes back, or two without a common folder would contradict each other for ever.
final class LostFiles {
    private final StateStore store;
    private final AgedExports aged;
    private final ExportFiles files;
    private final String why;

    /// @param machine its name
    LostFiles(StateStore store, AgedExports aged, ExportFiles files, String machine) {
        this.store = store;
        this.aged = aged;
        this.files = files;
        this.why =
                "Its file is not, or not whole, in the folder "
                        + files.folder()
                        + " of "
                        + machine
                        + ": it was deleted, or written on another machine (servers and workers must"
                        + " share that folder). Start the export again.";
    }

    /// Looks after all files there should be.
    void look() throws IOException {
        for (StoredExport export : store.read(aged::withFile)) {
            boolean there = files.whole(export);
            boolean told = why.equals(export.export().reason());
            if (there && told) {
                store.writing(handle -> aged.found(handle, export, why));
            } else if (!there && export.export().reason() == null) {
                store.writing(handle -> aged.lost(handle, export, why));
            }
        }
    }

    /// Says so to whoever wants to download it, and to everyone.
    ///
    /// @throws Refused 410 if its file is not there
    void check(StoredExport export) throws IOException {
        if (!files.whole(export)) {
            store.writing(handle -> aged.lost(handle, export, why));
            throw new Refused(410, "file-lost", why, List.of());
        }
    }
}
