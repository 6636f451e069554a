package dev.slipway.backend.tasks.export;

import dev.slipway.backend.store.OwnerOnly;
import dev.slipway.backend.tasks.export.file.DraftFile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/// The folder of exports, which only its owner may look into. A file's name is the export's id, the
/// turn of the worker that wrote it and its form; while it is written it ends with `.part`. Nothing
/// but the name in the state database makes a file an export.
final class ExportFiles {
    private static final String PART = ".part";
    private final Path folder;

    ExportFiles(Path folder) {
        this.folder = folder;
    }

    Path folder() {
        return folder;
    }

    Path path(String name) {
        return folder.resolve(name);
    }

    String name(StoredExport held) {
        return held.export().id() + "." + held.turn() + "." + held.export().format().ending();
    }

    /// Begins a file that another worker's left-over can't meet. What workers before left is
    /// deleted, but for the piece that is to be gone on with; what a later one writes or has
    /// written is not, for this worker may be the one that was left behind.
    DraftFile draft(StoredExport held) throws IOException {
        OwnerOnly.folder(folder);
        Piece piece = held.piece();
        for (Path file : all()) {
            boolean needed = piece != null && file.endsWith(piece.file());
            if (!needed
                    && held.export().id().equals(exportOf(file))
                    && turnOf(file) < held.turn()) {
                Files.deleteIfExists(file);
            }
        }
        return DraftFile.begin(path(draftName(held)));
    }

    String draftName(StoredExport held) {
        return name(held) + PART;
    }

    /// Begins the file that the parts in a draft are put together in.
    DraftFile joined(StoredExport held) throws IOException {
        return DraftFile.begin(path(name(held) + ".joined" + PART));
    }

    /// Copies what a worker before left: that one may still live, and write to its own file.
    ///
    /// @return false if it is not there as it was; then nothing was copied
    boolean take(Piece piece, DraftFile to) throws IOException {
        return to.take(path(piece.file()), piece.bytes(), piece.sha256());
    }

    /// Whether its file is there, as long as it was when it was written.
    boolean whole(StoredExport export) throws IOException {
        String name = export.file();
        if (name == null) {
            return false;
        }
        try {
            Long bytes = export.export().bytes();
            return Files.isReadable(path(name)) && bytes != null && Files.size(path(name)) == bytes;
        } catch (NoSuchFileException _) {
            return false;
        }
    }

    /// Deletes everything of an export that is no longer to have a file.
    void clear(String id) throws IOException {
        for (Path file : all()) {
            if (id.equals(exportOf(file))) {
                Files.deleteIfExists(file);
            }
        }
    }

    List<Path> all() throws IOException {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (var files = Files.list(folder)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    /// The turn of the worker that wrote it; the highest there is if its name tells none.
    private static long turnOf(Path file) {
        String[] parts = file.getFileName().toString().split("\\.", 3);
        return parts.length == 3 && parts[1].matches("[0-9]{1,9}")
                ? Long.parseLong(parts[1])
                : Long.MAX_VALUE;
    }

    /// Which export a file is of, or null if it is none of ours.
    static @Nullable String exportOf(Path file) {
        String name = file.getFileName().toString();
        int dot = name.indexOf('.');
        return dot == 36 ? name.substring(0, dot) : null;
    }
}
