package dev.slipway.tour;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// The tour's own folder, begun anew each time.
final class Folders {
    private Folders() {}

    /// Deletes what is in a folder that an earlier tour made.
    ///
    /// @throws IOException if the folder holds anything but an earlier tour
    static void empty(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> all;
        try (var files = Files.walk(folder)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        if (all.size() > 1
                && !Files.exists(folder.resolve("home"))
                && !Files.exists(folder.resolve("tour.json"))) {
            throw new IOException(folder + " is not empty and was not made by a tour; give --out");
        }
        for (Path file : all) {
            Files.delete(file);
        }
    }
}
