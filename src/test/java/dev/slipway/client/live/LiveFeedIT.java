package dev.slipway.client.live;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;
import dev.slipway.api.metrics.Interval;
import dev.slipway.api.metrics.Latency;
import dev.slipway.api.metrics.Pool;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.client.BackendClient;
import dev.slipway.client.kept.Metrics;
import dev.slipway.client.kept.Queues;
import dev.slipway.client.offline.ConnectionState;
import dev.slipway.client.offline.LoadState;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.testing.FakeBackend;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class LiveFeedIT {
    private static final Instant T0 =
            Instant.now().minus(Duration.ofHours(1)).truncatedTo(ChronoUnit.SECONDS);

    @TempDir Path folder;

    private final List<ConnectionState> states = new CopyOnWriteArrayList<>();
    private FakeBackend backend;
    private OfflineStore store;
    private LiveFeed feed;

    @BeforeEach
    void start() throws IOException {
        backend = new FakeBackend();
        open();
    }

    private void open() {
        store =
                OfflineStore.open(
                        folder.resolve("s.sqlite"),
                        10_000_000,
                        Runnable::run,
                        InstantSource.system());
        feed =
                new LiveFeed(
                        new BackendClient(backend.uri(), () -> "token", Duration.ofSeconds(2)),
                        store,
                        InstantSource.system(),
                        states::add);
    }

    @AfterEach
    void stop() {
        feed.close();
        store.close();
        backend.close();
    }

    @Test
    void takesASnapshotAndThenWhatChanges() {
        backend.snapshot("e1:7", List.of(change(queue("a", 1)), change(queue("b", 2))));
        feed.start();
        eventually("snapshot", () -> queues().equals(List.of(queue("a", 1), queue("b", 2))));

        backend.change("e1:8", Kind.QUEUE, "a", queue("a", 5));
        backend.change("e1:9", Kind.QUEUE, "b", null);

        eventually("changes", () -> queues().equals(List.of(queue("a", 5))));
        assertThat(store.resume().orElseThrow().eventId()).isEqualTo("e1:9");
        assertThat(store.read(Queues.all())).isInstanceOf(LoadState.Ready.class);
    }

    @Test
    void resumesAfterTheLastEventThatItKept() {
        feed.start();
        online();
        backend.change("e1:41", Kind.QUEUE, "a", queue("a", 1));
        eventually("kept", () -> queues().size() == 1);
        backend.endStream();

        eventually("again", () -> backend.requests("GET", Paths.STREAM).size() == 2);

        var again = backend.requests("GET", Paths.STREAM).getLast();
        assertThat(again.getHeaders().get("Last-Event-ID")).isEqualTo("e1:41");
        assertThat(backend.requests("GET", Paths.SNAPSHOT)).hasSize(1);
    }

    @Test
    void resumesWhereAnEarlierConsoleStopped() {
        feed.start();
        online();
        backend.change("e1:5", Kind.QUEUE, "a", queue("a", 1));
        eventually("kept", () -> queues().size() == 1);
        feed.close();
        store.close();
        open();

        feed.start();

        eventually("again", () -> backend.requests("GET", Paths.STREAM).size() == 2);
        assertThat(
                        backend.requests("GET", Paths.STREAM)
                                .getLast()
                                .getHeaders()
                                .get("Last-Event-ID"))
                .isEqualTo("e1:5");
        assertThat(queues()).containsExactly(queue("a", 1));
    }

    @Test
    void aResetBringsASnapshotThatReplaces() {
        backend.snapshot("e1:1", List.of(change(queue("a", 1)), change(queue("gone", 1))));
        feed.start();
        eventually("first", () -> queues().size() == 2);
        backend.snapshot("e1:90", List.of(change(queue("a", 9))));

        backend.send("e1:90", "reset", "{}");

        eventually("replaced", () -> queues().equals(List.of(queue("a", 9))));
        assertThat(store.resume().orElseThrow().eventId()).isEqualTo("e1:90");
    }

    @Test
    void anotherEpochSharesNothingWithTheOldOne() {
        backend.snapshot("e1:1", List.of(change(queue("a", 1))));
        feed.start();
        eventually("first", () -> queues().size() == 1);
        backend.epoch("e2");
        backend.snapshot("e2:1", List.of(change(queue("z", 1))));
        backend.endStream();

        eventually("replaced", () -> queues().equals(List.of(queue("z", 1))));
        assertThat(store.resume().orElseThrow().epoch()).isEqualTo("e2");
    }

    @Test
    void silenceOfTwoHeartbeatsIsOffline() {
        backend.snapshot("e1:1", List.of(change(queue("a", 1))));
        feed.start();
        online();
        backend.heartbeats(false);
        long began = System.nanoTime();

        eventually("offline", () -> states.getLast() instanceof ConnectionState.Offline);

        assertThat(Duration.ofNanos(System.nanoTime() - began))
                .isBetween(Duration.ofMillis(1_500), Duration.ofMillis(3_000));
        assertThat(store.read(Queues.all())).isInstanceOf(LoadState.Stale.class);
        backend.heartbeats(true);
        online();
        assertThat(store.read(Queues.all())).isInstanceOf(LoadState.Ready.class);
    }

    @Test
    void intervalsThatWereMissedAreFilledInAndNoneIsDoubled() {
        feed.start();
        online();
        backend.change(null, Kind.INTERVAL, "x", interval(0));
        eventually("first", () -> intervals().size() == 1);
        backend.on(
                "GET",
                Paths.INTERVALS,
                request -> {
                    boolean more = "m".equals(request.getUrl().queryParameter("after"));
                    return backend.json(
                            200,
                            more
                                    ? new Page<>(List.of(interval(3), interval(4)), null, null)
                                    : new Page<>(
                                            List.of(interval(0), interval(1), interval(2)),
                                            "m",
                                            null));
                });
        backend.endStream();
        eventually("again", () -> backend.requests("GET", Paths.STREAM).size() == 2);
        backend.change(null, Kind.INTERVAL, "x", interval(4));
        backend.change(null, Kind.INTERVAL, "x", interval(5));

        eventually(
                "filled",
                () ->
                        intervals()
                                .equals(
                                        List.of(
                                                interval(0),
                                                interval(1),
                                                interval(2),
                                                interval(3),
                                                interval(4),
                                                interval(5))));
        var asked = backend.requests("GET", Paths.INTERVALS);
        assertThat(asked.get(1).getUrl().queryParameter("after")).isEqualTo(T0.toString());
    }

    @Test
    void aRefusedTokenAsksForALogInAndThenGoesOn() {
        var works = backend.json(200, FakeBackend.session(dev.slipway.api.access.Role.VIEWER));
        backend.on("GET", Paths.SESSION, _ -> FakeBackend.problem(401, "{}"));
        feed.start();
        eventually(
                "log in",
                () -> !states.isEmpty() && states.getLast() instanceof ConnectionState.LogInNeeded);

        backend.on("GET", Paths.SESSION, _ -> works);
        feed.wake();

        online();
    }

    @Test
    void aChangeThatIsNotOfTheContractIsPassedOver() {
        backend.snapshot("e1:1", List.of(change(queue("a", 1))));
        feed.start();
        eventually("first", () -> queues().size() == 1);
        backend.send(
                "e1:2",
                "change",
                "{\"kind\":\"queue\",\"id\":\"a\",\"value\":{\"name\":\"a\",\"ready\":\"many\"}}");

        backend.send("e1:3", "change", "{\"kind\":");
        backend.change("e1:4", Kind.QUEUE, "b", queue("b", 1));

        eventually("the next", () -> queues().size() == 2);
        assertThat(queues()).containsExactly(queue("a", 1), queue("b", 1));
        assertThat(states).hasSize(1);
    }

    @Test
    void aKindOfANewerServerIsPassedOver() {
        feed.start();
        online();
        backend.send("e1:2", "change", "{\"kind\":\"weather\",\"id\":\"x\",\"value\":{}}");
        backend.change("e1:3", Kind.QUEUE, "a", queue("a", 1));

        eventually("the next", () -> queues().size() == 1);
        assertThat(states).hasSize(1);
    }

    private void online() {
        eventually(
                "online",
                () -> !states.isEmpty() && states.getLast() instanceof ConnectionState.Online);
    }

    private List<QueueStatus> queues() {
        return store.read(Queues.all()).value().orElse(List.of());
    }

    private List<Interval> intervals() {
        return store.read(Metrics.intervals(Duration.ofHours(1))).value().orElse(List.of());
    }

    private static Change change(QueueStatus queue) {
        return new Change("queue", queue.name(), T0, queue);
    }

    private static QueueStatus queue(String name, long ready) {
        return new QueueStatus(name, ready, 0, 0, 0, null, 0, 0, 0, 1, null);
    }

    private static Interval interval(int index) {
        return new Interval(
                T0.plusSeconds(5L * index),
                5_000,
                Pool.NEW,
                "*",
                new Latency(10 + index, 1.5, 2.5, 3.5, 4.5),
                0,
                1,
                new BigDecimal("12.10"),
                "EUR");
    }
}
