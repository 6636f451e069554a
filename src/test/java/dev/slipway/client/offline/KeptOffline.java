package dev.slipway.client.offline;

import static dev.slipway.testing.Kept.NOW;

import dev.slipway.testing.TestClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// A store in a folder of its own, opened and closed around each test.
abstract class KeptOffline {
    @TempDir Path folder;

    final TestClock clock = new TestClock(NOW);
    OfflineStore store;

    @BeforeEach
    void open() {
        store = OfflineStore.open(file(), 50_000_000, Runnable::run, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

    final Path file() {
        return folder.resolve("store.sqlite");
    }
}
