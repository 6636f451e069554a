package dev.slipway.backend.tasks.export;

import dev.slipway.backend.store.StateStore;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;

/// Writes one export in a process of its own with a small heap.
final class ExportProcess {
    private ExportProcess() {}

    static Process start(String heap, Path home, String id) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx" + heap,
                        "-XX:+ExitOnOutOfMemoryError",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ExportProcess.class.getName(),
                        home.toString(),
                        id)
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("process.log").toFile())
                .start();
    }

    static ExportFixture fixture(Path home) {
        return new ExportFixture(
                StateStore.open(home.resolve("state")),
                home.resolve("exports"),
                ExportFixture.sqlite(home.resolve("shop.sqlite")),
                new Writing.Pace(Duration.ofMillis(100), InstantSource.system()));
    }

    public static void main(String[] args) throws Exception {
        try (var fixture = fixture(Path.of(args[0]))) {
            fixture.run(args[1]);
            fixture.log.forEach(System.out::println);
        }
    }
}
