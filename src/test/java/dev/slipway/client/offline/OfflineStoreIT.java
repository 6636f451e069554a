package dev.slipway.client.offline;

import static dev.slipway.testing.Eventually.eventually;
import static dev.slipway.testing.Kept.NOW;
import static dev.slipway.testing.Kept.job;
import static dev.slipway.testing.Kept.online;
import static dev.slipway.testing.Kept.queue;
import static dev.slipway.testing.Kept.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.events.Kind;
import dev.slipway.api.metrics.Window;
import dev.slipway.api.queues.JobState;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.client.kept.Jobs;
import dev.slipway.client.kept.Metrics;
import dev.slipway.client.kept.Queues;
import dev.slipway.client.offline.LoadState.Idle;
import dev.slipway.client.offline.LoadState.Loading;
import dev.slipway.client.offline.LoadState.Ready;
import dev.slipway.client.offline.LoadState.Stale;
import dev.slipway.testing.ShopData;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

class OfflineStoreIT extends KeptOffline {
    @Test
    void nothingIsSomethingElseThanNothingYet() throws Exception {
        assertThat(store.read(Queues.all())).isEqualTo(new Loading<>());
        store.connection(new ConnectionState.Offline(NOW, "gone"));
        assertThat(store.read(Queues.all())).isEqualTo(new Idle<>());

        store.replace(new Resume("e", "1"), List.of());

        store.heard(NOW);
        store.connection(online());
        assertThat(store.read(Queues.all())).isEqualTo(new Ready<>(List.of(), NOW));
        store.connection(new ConnectionState.Offline(NOW, "gone"));
        assertThat(store.read(Queues.all())).isEqualTo(new Stale<>(List.of(), NOW));
    }

    @Test
    void remembersWhenTheBackendWasLastHeard() {
        store.heard(NOW.plusSeconds(5));
        store.replace(new Resume("e", "1"), List.of(queue("a", 3)));
        store.close();
        open();

        assertThat(store.read(Queues.all()))
                .isEqualTo(new Stale<>(List.of(status("a", 3)), NOW.plusSeconds(5)));
    }

    @Test
    void amountsKeepTheirDigits() {
        Window window = new ShopData(NOW).windows().getFirst();
        store.replace(new Resume("e", "1"), List.of(Document.of(Kind.WINDOW, window.id(), window)));

        assertThat(store.read(Metrics.windows()).value().orElseThrow()).containsExactly(window);
    }

    @Test
    void thePositionIsKeptWithWhatItBrought() {
        store.replace(new Resume("e", "1"), List.of());

        assertThat(store.take("2", List.of(queue("a", 1)))).isTrue();

        assertThat(store.resume()).contains(new Resume("e", "2"));
    }

    @Test
    void withoutASnapshotThereIsNoPositionToGoOnFrom() {
        assertThat(store.take("2", List.of(queue("a", 1)))).isFalse();
        assertThat(store.resume()).isEmpty();
    }

    @Test
    void aSnapshotTakesAwayWhatItLacksButNotWhatItIsOnlyTheLatestOf() {
        store.replace(new Resume("e", "1"), List.of(queue("a", 1), job("j1", JobState.DEAD)));

        store.replace(new Resume("e", "5"), List.of(queue("b", 1)));

        assertThat(store.read(Queues.all()).value().orElseThrow()).containsExactly(status("b", 1));
        assertThat(store.read(Jobs.latest()).value().orElseThrow()).hasSize(1);
    }

    @Test
    void whoObservesSeesTheFirstStateAndTheLatestButNotEveryOne() {
        store.replace(new Resume("e", "1"), List.of(queue("a", 0)));
        var seen = new ConcurrentLinkedQueue<LoadState<List<QueueStatus>>>();
        var subscription = store.observe(Queues.all()).into(seen::add);
        eventually("first", () -> !seen.isEmpty());
        long began = System.nanoTime();

        for (int i = 1; i <= 300; i++) {
            store.take("" + i, List.of(queue("a", i)));
        }

        eventually(
                "latest",
                () ->
                        seen.stream()
                                .anyMatch(
                                        s ->
                                                s.value()
                                                        .orElseThrow()
                                                        .equals(List.of(status("a", 300)))));
        long tenths = Duration.ofNanos(System.nanoTime() - began).toMillis() / 100;
        assertThat(seen.size()).isLessThanOrEqualTo((int) tenths + 3);
        subscription.close();
    }

    @Test
    void nothingComesAfterTheEnd() {
        store.replace(new Resume("e", "1"), List.of(queue("a", 0)));
        var seen = new ConcurrentLinkedQueue<LoadState<List<QueueStatus>>>();
        var subscription = store.observe(Queues.all()).into(seen::add);
        eventually("first", () -> !seen.isEmpty());
        subscription.close();
        int before = seen.size();
        var other = new ConcurrentLinkedQueue<LoadState<List<QueueStatus>>>();

        store.take("2", List.of(queue("a", 1)));

        try (var _ = store.observe(Queues.all()).into(other::add)) {
            eventually("the other", () -> !other.isEmpty());
        }
        assertThat(seen).hasSize(before);
    }

    @Test
    void intervalsMissingIsRememberedUntilTheyAreFilled() {
        store.replace(new Resume("e", "1"), List.of());
        var intervals = new ShopData(NOW).intervals(Duration.ofMinutes(5));
        store.keepIntervals(intervals.subList(0, 1));
        Instant first = intervals.getFirst().from();

        assertThat(store.intervalsMissingFrom()).isEqualTo(first);
        store.keepIntervals(intervals);

        assertThat(store.intervalsMissingFrom()).isEqualTo(first);
        store.intervalsFilled();
        assertThat(store.intervalsMissingFrom()).isEqualTo(intervals.getLast().from());
    }
}
