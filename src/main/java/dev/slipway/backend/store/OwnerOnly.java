package dev.slipway.backend.store;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;

/// Files and folders that only their owner may read, where the file system knows such a thing.
/// Elsewhere (Windows) they inherit the rights of the user's own folder.
public final class OwnerOnly {
    private OwnerOnly() {}

    /// Makes a folder, if it is not there yet, that others can't look into.
    public static void folder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            Path parent = folder.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectories(folder, rights("rwx------"));
        }
    }

    /// Writes a file whole: a reader finds the old one, or none, or the new one, and at no moment
    /// could another user have opened it.
    public static void write(Path file, String text) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder == null) {
            throw new IOException("not a file: " + file);
        }
        Path draft = Files.createTempFile(folder, ".slipway", ".new", rights("rw-------"));
        try {
            Files.write(draft, text.getBytes(StandardCharsets.UTF_8));
            Files.move(
                    draft,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(draft);
        }
    }

    /// Makes an empty file that others can't read.
    ///
    /// @throws IOException also if it is there
    public static Path file(Path file) throws IOException {
        return Files.createFile(file, rights("rw-------"));
    }

    private static FileAttribute<?>[] rights(String rights) {
        if (!FileSystems.getDefault().supportedFileAttributeViews().contains("posix")) {
            return new FileAttribute<?>[0];
        }
        return new FileAttribute<?>[] {
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(rights))
        };
    }
}
