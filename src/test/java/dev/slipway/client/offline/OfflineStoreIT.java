package dev.slipway.client.offline;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.Health;
import dev.slipway.api.Page;
import dev.slipway.api.access.Role;
import dev.slipway.api.access.Session;
import dev.slipway.api.events.Kind;
import dev.slipway.api.metrics.Window;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobState;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.client.ConnectionState;
import dev.slipway.client.JobQuery;
import dev.slipway.client.Problem;
import dev.slipway.client.ProblemException;
import dev.slipway.client.offline.LoadState.Failed;
import dev.slipway.client.offline.LoadState.Idle;
import dev.slipway.client.offline.LoadState.Loading;
import dev.slipway.client.offline.LoadState.Ready;
import dev.slipway.client.offline.LoadState.Stale;
import dev.slipway.testing.ShopData;
import dev.slipway.testing.TestClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

class OfflineStoreIT {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    @TempDir Path folder;

    private final TestClock clock = new TestClock(NOW);
    private OfflineStore store;

    @BeforeEach
    void open() {
        store = OfflineStore.open(file(), 50_000_000, Runnable::run, clock);
    }

    @AfterEach
    void close() {
        store.close();
    }

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
    void pagesAreKeptByWhatWasSearched() throws Exception {
        var dead = Jobs.matching(JobQuery.in(JobState.DEAD));
        store.load(dead, true, () -> new Page<>(List.of(jobOf("1"), jobOf("2")), "c", 5L));
        store.load(dead, false, () -> new Page<>(List.of(jobOf("3")), null, 5L));
        clock.forward(Duration.ofMinutes(2));
        store.connection(new ConnectionState.Offline(NOW, "gone"));

        var kept = store.read(dead.query());

        assertThat(kept)
                .isEqualTo(
                        new Stale<>(
                                new Listing<>(
                                        List.of(jobOf("1"), jobOf("2"), jobOf("3")), null, 5L),
                                NOW));
        assertThat(store.read(Jobs.matching(JobQuery.ALL).query())).isEqualTo(new Idle<>());
    }

    @Test
    void theFirstPageReplacesTheListAndTheStreamChangesItsItems() throws Exception {
        store.replace(new Resume("e", "1"), List.of());
        var all = Jobs.matching(JobQuery.ALL);
        store.load(all, true, () -> new Page<>(List.of(jobOf("1"), jobOf("2")), null, 2L));
        store.load(all, true, () -> new Page<>(List.of(jobOf("2")), null, 1L));

        store.take("2", List.of(job("2", JobState.SUCCEEDED)));

        var items = store.read(all.query()).value().orElseThrow().items();
        assertThat(items).hasSize(1);
        assertThat(items.getFirst().state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void aPageDoesNotUndoWhatTheStreamBroughtWhileItWasFetched() throws Exception {
        store.replace(new Resume("e", "1"), List.of());
        var all = Jobs.matching(JobQuery.ALL);

        store.load(
                all,
                true,
                () -> {
                    clock.forward(Duration.ofMillis(40));
                    store.take("2", List.of(job("1", JobState.SUCCEEDED)));
                    return new Page<>(List.of(jobOf("1")), null, 1L);
                });

        var items = store.read(all.query()).value().orElseThrow().items();
        assertThat(items.getFirst().state()).isEqualTo(JobState.SUCCEEDED);
    }

    @Test
    void aPageThatCanNotBeFetchedFailsTheListOnlyIfNothingIsKept() throws Exception {
        var all = Jobs.matching(JobQuery.ALL);
        var problem = new Problem.Offline("gone");
        assertThatThrownBy(
                        () ->
                                store.load(
                                        all,
                                        true,
                                        () -> {
                                            throw new ProblemException(problem);
                                        }))
                .isInstanceOf(ProblemException.class);
        assertThat(store.read(all.query())).isEqualTo(new Failed<>(problem));

        store.load(all, true, () -> new Page<>(List.of(), null, 0L));

        assertThat(store.read(all.query()).value()).contains(new Listing<>(List.of(), null, 0L));
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

    private Path file() {
        return folder.resolve("store.sqlite");
    }

    static ConnectionState online() {
        return new ConnectionState.Online(
                new Health(true, "1", "test", "#000000", false, "e", 1, NOW, NOW),
                new Session(null, "ada", Role.ADMIN, NOW));
    }

    static Document queue(String name, long ready) {
        return Document.of(Kind.QUEUE, name, status(name, ready));
    }

    static QueueStatus status(String name, long ready) {
        return new QueueStatus(name, ready, 0, 0, 0, null, 0, 0, 0, 1);
    }

    private static Document job(String id, JobState state) {
        Job job = jobOf(id);
        return Document.of(
                Kind.JOB,
                id,
                new Job(
                        id,
                        job.queue(),
                        job.type(),
                        job.subject(),
                        state,
                        1,
                        5,
                        NOW,
                        NOW,
                        null,
                        null,
                        null,
                        0,
                        0,
                        null,
                        null));
    }

    private static Job jobOf(String id) {
        return new Job(
                id,
                "q",
                "t",
                "s",
                JobState.DEAD,
                5,
                5,
                NOW,
                NOW,
                null,
                null,
                null,
                0,
                0,
                "boom",
                "f");
    }
}
