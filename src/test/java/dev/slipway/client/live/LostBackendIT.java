package dev.slipway.client.live;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Reason;
import dev.slipway.client.BackendClient;
import dev.slipway.client.kept.Audit;
import dev.slipway.client.kept.Backends;
import dev.slipway.client.kept.Launches;
import dev.slipway.client.offline.ConnectionState;
import dev.slipway.client.offline.LoadState;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.testing.ServedBackend;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// The backend's process is killed and comes back.
class LostBackendIT {
    @TempDir Path home;
    @TempDir Path folder;

    private final List<ConnectionState> states = new CopyOnWriteArrayList<>();

    @Test
    void aKilledBackendIsOfflineWithinTwoHeartbeatsAndCaughtUpWithByItself() throws Exception {
        try (var backend = ServedBackend.start(home)) {
            var client = new BackendClient(backend.uri(), backend::token);
            try (var store = store();
                    var _ = follow(client, store)) {
                online();
                client.launch().hold(new Reason("before"));
                eventually(
                        "held", () -> store.read(Launches.current()).value().orElseThrow().held());

                backend.kill();
                long killed = System.nanoTime();
                eventually("offline", () -> states.getLast() instanceof ConnectionState.Offline);
                assertThat(Duration.ofNanos(System.nanoTime() - killed))
                        .isLessThan(Duration.ofSeconds(2));
                assertThat(store.read(Launches.current())).isInstanceOf(LoadState.Stale.class);

                backend.startAgain();
                online();
                client.launch().resume(new Reason("after"));
                eventually(
                        "resumed",
                        () -> !store.read(Launches.current()).value().orElseThrow().held());
                eventually("audited", () -> reasons(store).contains("after"));
                assertThat(reasons(store)).containsOnlyOnce("before").containsOnlyOnce("after");
            }

            backend.kill();
            // a console that starts without a backend shows what stood last
            try (var store = store()) {
                store.connection(new ConnectionState.Offline(store.heard(), "gone"));
                assertThat(store.read(Backends.health()).value().orElseThrow().environment())
                        .isEqualTo("served");
                assertThat(store.read(Launches.current()))
                        .isInstanceOfSatisfying(
                                LoadState.Stale.class,
                                stale -> assertThat(stale.since()).isEqualTo(store.heard()));
            }
        }
    }

    private OfflineStore store() {
        return OfflineStore.open(
                folder.resolve("s.sqlite"), 50_000_000, Runnable::run, InstantSource.system());
    }

    private LiveFeed follow(BackendClient client, OfflineStore store) {
        var feed = new LiveFeed(client, store, InstantSource.system(), states::add);
        feed.start();
        return feed;
    }

    private void online() {
        eventually(
                "online",
                () -> !states.isEmpty() && states.getLast() instanceof ConnectionState.Online);
    }

    private static List<String> reasons(OfflineStore store) {
        return store.read(Audit.latest()).value().orElseThrow().stream()
                .map(entry -> entry.reason())
                .toList();
    }
}
