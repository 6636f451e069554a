package dev.slipway.client.offline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.kept.Queues;
import dev.slipway.testing.Kept;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/// A process that writes is killed at random; what stands is whole and its position true.
class OfflineStoreKillIT {
    private static final int KILLS = 6;

    @TempDir Path folder;

    @Test
    void survivesBeingKilled() throws Exception {
        Path file = folder.resolve("s.sqlite");
        var random = new Random(11);
        long before = 0;
        for (int i = 0; i < KILLS; i++) {
            Process writer = start(file);
            // the first line says that it writes
            assertThat(writer.getInputStream().read()).isPositive();
            writer.waitFor(50 + random.nextInt(300), TimeUnit.MILLISECONDS);
            writer.destroyForcibly().waitFor();

            try (var store = open(file)) {
                assertThat(store.setAside()).isEmpty();
                long position = Long.parseLong(store.resume().orElseThrow().eventId());
                assertThat(position).isGreaterThan(before);
                assertThat(store.read(Queues.all()).value().orElseThrow())
                        .isEqualTo(
                                List.of(Kept.status("a", position), Kept.status("b", -position)));
                before = position;
            }
        }
    }

    /// Writes two things and the position together, again and again.
    public static void main(String[] args) {
        try (var store = open(Path.of(args[0]))) {
            var resume = store.resume();
            long position = resume.isPresent() ? Long.parseLong(resume.get().eventId()) : 0;
            if (resume.isEmpty()) {
                store.replace(new Resume("e", "0"), List.of());
            }
            for (boolean said = false; ; said = true) {
                position++;
                store.take(
                        "" + position,
                        List.of(Kept.queue("a", position), Kept.queue("b", -position)));
                if (!said) {
                    System.out.println("writing");
                    System.out.flush();
                }
            }
        }
    }

    private static OfflineStore open(Path file) {
        return OfflineStore.open(file, 50_000_000, Runnable::run, InstantSource.system());
    }

    private static Process start(Path file) throws Exception {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OfflineStoreKillIT.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }
}
