package dev.slipway.backend.store;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// What a folder says of the files in it.
public final class Folder {
    private Folder() {}

    /// Makes the names in it as lasting as the files: after a power cut a file that was forced to
    /// the disk is of no use without its name. Windows does that by itself and lets no one open a
    /// folder.
    public static void force(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
