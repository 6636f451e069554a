package dev.slipway.testing;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// For how long threads of this JVM that could have gone on had to wait for a processor, as Linux
/// counts it: what other work on the machine did to them, and not what they did themselves.
final class ProcessorWaits {
    private static final Path TASKS = Path.of("/proc/self/task");

    /// Linux keeps so many characters of a name.
    private static final int NAMED = 15;

    private final List<String> names;
    private final Map<Path, Boolean> seen = new HashMap<>();
    private volatile List<Path> wanted = List.of();

    /// @param names what the names of the threads begin with
    ProcessorWaits(String... names) {
        this.names =
                List.of(names).stream()
                        .map(name -> name.substring(0, Math.min(NAMED, name.length())))
                        .toList();
        look();
    }

    boolean areKnown() {
        return !wanted.isEmpty();
    }

    /// Looks for threads that have begun meanwhile; one thread calls it.
    void look() {
        try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
            for (Path task : tasks) {
                if (seen.computeIfAbsent(task, this::isWanted)) {
                    wanted = seen.keySet().stream().filter(seen::get).toList();
                }
            }
        } catch (IOException e) {
            // another system
        }
    }

    private boolean isWanted(Path task) {
        try {
            // some systems name threads and count nothing
            return Files.isReadable(task.resolve("schedstat"))
                    && names.stream().anyMatch(Files.readString(task.resolve("comm"))::startsWith);
        } catch (IOException e) {
            return false;
        }
    }

    /// In nanoseconds, of all of them together, without a wait that has not ended.
    long nanos() {
        long all = 0;
        for (Path task : wanted) {
            try {
                // time on a processor, time waited for one, number of turns
                String statistics = Files.readString(task.resolve("schedstat"));
                all += Long.parseLong(statistics.split(" ", -1)[1]);
            } catch (IOException e) {
                // it has ended
            }
        }
        return all;
    }
}
