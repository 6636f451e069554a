package dev.slipway.client.offline;

import static dev.slipway.testing.Kept.NOW;
import static dev.slipway.testing.Kept.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.client.kept.Metrics;
import dev.slipway.client.kept.Queues;
import dev.slipway.testing.ShopData;

import org.junit.jupiter.api.Test;

import java.nio.file.Files;
import java.time.Duration;
import java.util.List;

/// The file that things are kept in: its bound, its rights, its end.
class OfflineFileIT extends KeptOffline {
    @Test
    void staysUnderItsBoundAndTheOldestGoesFirst() throws Exception {
        store.close();
        long bound = 4_000_000;
        store = OfflineStore.open(file(), bound, Runnable::run, clock);
        store.replace(new Resume("e", "1"), List.of(queue("a", 1)));
        for (int i = 0; i < 60; i++) {
            clock.forward(Duration.ofSeconds(1));
            store.keepPdf("pdf" + i, new byte[200_000]);
            // the first one is looked at again and again
            store.pdf("pdf0");
        }
        store.take("2", List.of());

        assertThat(store.bytes()).isLessThanOrEqualTo(bound);
        assertThat(Files.size(file())).isLessThanOrEqualTo(bound + 400_000);
        assertThat(store.pdf("pdf0")).isPresent();
        assertThat(store.pdf("pdf1")).isEmpty();
        assertThat(store.pdf("pdf59")).isPresent();
        assertThat(store.read(Queues.all()).value().orElseThrow()).hasSize(1);
    }

    @Test
    void aFileThatIsNoDatabaseIsSetAside() throws Exception {
        store.close();
        Files.writeString(
                file(), "this is no database at all, whatever its name says. ".repeat(50));

        open();

        assertThat(store.setAside()).hasValueSatisfying(aside -> assertThat(aside).exists());
        store.replace(new Resume("e", "1"), List.of(queue("a", 1)));
        assertThat(store.read(Queues.all()).value().orElseThrow()).hasSize(1);
    }

    @Test
    void aFileDamagedInTheMiddleIsSetAsideWhenThatIsFound() throws Exception {
        store.replace(new Resume("e", "1"), new ShopData(NOW).all());
        store.keepIntervals(new ShopData(NOW).intervals(Duration.ofHours(2)));
        store.close();
        byte[] bytes = Files.readAllBytes(file());
        java.util.Arrays.fill(bytes, 4_096 * 2, bytes.length, (byte) 0x5a);
        Files.write(file(), bytes);

        open();
        store.read(Queues.all());
        store.read(Metrics.intervals(Duration.ofHours(1)));

        assertThat(store.setAside()).isPresent();
        assertThat(store.resume()).isEmpty();
        store.replace(new Resume("e", "1"), List.of(queue("a", 1)));
        assertThat(store.read(Queues.all()).value().orElseThrow()).hasSize(1);
    }

    @Test
    void onlyItsOwnerMayReadIt() throws Exception {
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            assertThat(
                            java.nio.file.attribute.PosixFilePermissions.toString(
                                    Files.getPosixFilePermissions(file())))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void nothingIsLeftOfAFileThatIsDeleted() throws Exception {
        store.replace(new Resume("e", "1"), List.of(queue("a", 1)));
        store.close();

        OfflineStore.delete(file());

        try (var left = Files.list(folder)) {
            assertThat(left).isEmpty();
        }
    }
}
