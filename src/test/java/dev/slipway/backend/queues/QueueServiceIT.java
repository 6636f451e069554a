package dev.slipway.backend.queues;

import static dev.slipway.backend.queues.QueueFixture.handler;
import static dev.slipway.backend.queues.QueueFixture.quick;
import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import dev.slipway.api.Page;
import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.Attempt;
import dev.slipway.api.queues.AttemptEnd;
import dev.slipway.api.queues.FailureGroup;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobLine;
import dev.slipway.api.queues.JobState;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.api.queues.Stop;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.queues.JobQuery.Filter;
import dev.slipway.backend.store.EventLog;
import dev.slipway.testing.Effects;
import dev.slipway.testing.States;
import dev.slipway.testing.TestClock;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

@ParameterizedClass
@EnumSource(States.class)
class QueueServiceIT {
    private static final Duration LEASE = Duration.ofSeconds(10);
    private static final Instant START = Instant.parse("2026-11-22T03:00:00Z");

    private final TestClock clock = new TestClock(START);

    private final States states;
    @AutoClose private final QueueFixture fixture;
    private final QueueService service;

    QueueServiceIT(States states, @TempDir Path folder) {
        this.states = states;
        fixture = new QueueFixture(states, folder, clock);
        service = new QueueService(fixture.store, fixture.events, clock, LEASE);
    }

    @Test
    void countsWhatStandsAndSinceWhenTheOldestWaits() {
        fixture.publish("mail", "t", "a", 1);
        clock.forward(Duration.ofSeconds(30));
        fixture.publish("mail", "t", "b", 1);
        fixture.publish("pdf", "t", "c", 1);

        List<QueueStatus> statuses = service.statuses();
        assertThat(statuses).extracting(QueueStatus::name).containsExactly("mail", "pdf");
        QueueStatus mail = statuses.getFirst();
        assertThat(mail.ready()).isEqualTo(2);
        assertThat(mail.oldestReady()).isEqualTo(START);
        // 2 in five minutes
        assertThat(mail.enqueuedPerMinute()).isEqualTo(0.4);
        assertThat(mail.workers()).isZero();

        clock.forward(Duration.ofMinutes(6));
        assertThat(service.statuses().getFirst().enqueuedPerMinute()).isZero();
    }

    @Test
    void aWorkerThatCannotRunWhatWaitsIsNoneOfTheQueue() {
        fixture.publish("mail", "mail.send", "a", 1);
        fixture.worker("pictures", quick(1), handler("picture.convert", _ -> {}));
        eventually("told what it runs", () -> number("SELECT count(*) FROM worker_type") == 1);
        assertThat(mail().workers()).isZero();
        assertThat(mail().unserved()).as("one may be on its way").isNull();

        clock.forward(Duration.ofSeconds(16));
        assertThat(mail().unserved()).isEqualTo("mail.send");

        fixture.publish("mail", "mail.count", "b", 1);
        var end = new CountDownLatch(1);
        fixture.worker("counts", quick(1), handler("mail.count", _ -> end.await()));
        eventually("one of two types is run", () -> mail().workers() == 1 && mail().running() == 1);
        assertThat(mail().unserved()).isEqualTo("mail.send");

        fixture.worker("mails", quick(1), handler("mail.send", _ -> {}));
        eventually("the other is", () -> mail().workers() == 2 && mail().unserved() == null);
        end.countDown();
    }

    @Test
    void aWorkerOfAnEarlierVersionIsTakenToRunEverything() {
        fixture.publish("mail", "mail.send", "a", 1);
        clock.forward(Duration.ofSeconds(16));
        fixture.store.writing(
                handle ->
                        handle.createUpdate(
                                        "INSERT INTO worker (name, threads, seen_at)"
                                                + " VALUES ('old', 1, :now)")
                                .bind("now", clock.millis())
                                .execute());
        assertThat(mail().workers()).isEqualTo(1);
        assertThat(mail().unserved()).isNull();
    }

    private QueueStatus mail() {
        return service.statuses().getFirst();
    }

    private int number(String sql) {
        return fixture.store.read(handle -> handle.createQuery(sql).mapTo(Integer.class).one());
    }

    @Test
    void groupsTheDeadAndARetryTakesThemOutOfTheirGroup() {
        String one = dead("order 1");
        String two = dead("order 2");

        Page<FailureGroup> groups = service.failures(0, 10);
        assertThat(groups.total()).isEqualTo(1);
        assertThat(groups.items().getFirst().count()).isEqualTo(2);
        assertThat(groups.items().getFirst().message()).endsWith("order 2");

        Effects.done(fixture.store, service.retry(one, "olga"));
        assertThat(service.failures(0, 10).items().getFirst().count()).isEqualTo(1);
        Effects.done(fixture.store, service.discard(two, "olga", ""));
        assertThat(service.failures(0, 10).items()).isEmpty();
        assertThat(lastEvent(Kind.FAILURE_GROUP).json()).isNull();
    }

    @Test
    void aSecondPressOfRetryIsHarmless() {
        String id = dead("order 1");

        Job once = Effects.done(fixture.store, service.retry(id, "olga"));
        Job twice = Effects.done(fixture.store, service.retry(id, "olga"));

        assertThat(once.state()).isEqualTo(JobState.READY);
        assertThat(twice).isEqualTo(once);
        assertThat(service.log(id, 0, 100).items())
                .extracting(JobLine::message)
                .filteredOn(line -> line.contains("olga"))
                .hasSize(1);
        // as many attempts again as it had at first
        assertThat(once.maxAttempts()).isEqualTo(once.attempt() + 1);
    }

    @Test
    void whatHasSucceededIsNeitherRetriedNorDiscarded() {
        String id = fixture.publish("fine", "k", 1);
        fixture.worker("a", quick(1), handler("fine", _ -> {}));
        eventually("done", () -> fixture.is(id, JobState.SUCCEEDED));

        assertThatThrownBy(() -> Effects.done(fixture.store, service.retry(id, "olga")))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> Effects.done(fixture.store, service.discard(id, "olga", "")))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(() -> service.job("nothing")).isInstanceOf(Refused.class);
    }

    @Test
    void aRunningJobThatIsDiscardedIsToldToStopAndStaysDiscarded() throws Exception {
        String id = fixture.publish("slow", "k", 1);
        var started = new CountDownLatch(1);
        var stopped = new CountDownLatch(1);
        Worker worker =
                fixture.worker(
                        "a",
                        quick(1),
                        handler(
                                "slow",
                                job -> {
                                    started.countDown();
                                    eventually(
                                            "told to stop",
                                            () -> {
                                                clock.forward(Duration.ofMillis(100));
                                                return job.stopping();
                                            });
                                    stopped.countDown();
                                }));
        started.await();
        Job told = Effects.done(fixture.store, service.discard(id, "olga", "no vendor"));
        assertThat(told.state()).isEqualTo(JobState.RUNNING);
        assertThat(told.stopping()).isTrue();
        stopped.await();
        worker.drain(Duration.ofSeconds(10));

        assertThat(fixture.job(id).state()).isEqualTo(JobState.DISCARDED);
        Stop stop = requireNonNull(fixture.job(id).stop());
        assertThat(stop.by()).isEqualTo("olga");
        assertThat(stop.reason()).isEqualTo("no vendor");
        assertThat(service.attempts(id))
                .extracting(Attempt::end)
                .containsExactly(AttemptEnd.CANCELLED);
    }

    @Test
    void findsJobsByFilterPageByPage() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            ids.addFirst(fixture.publish("mail", "send", "100%_" + i, 1));
            fixture.publish("pdf", "render", "other" + i, 1);
        }

        Page<Job> first = jobs(Map.of(Filter.QUEUE, "mail"), Place.LAST, 3);
        assertThat(first.total()).isEqualTo(7);
        List<Job> seen = new ArrayList<>(first.items());
        String next = first.next();
        while (next != null) {
            Page<Job> page = jobs(Map.of(Filter.QUEUE, "mail"), Place.of(next, false), 3);
            seen.addAll(page.items());
            next = page.next();
        }
        assertThat(seen).extracting(Job::id).containsExactlyElementsOf(ids);

        assertThat(jobs(Map.of(Filter.TEXT, "100%_"), Place.LAST, 50).items()).hasSize(7);
        assertThat(jobs(Map.of(Filter.TEXT, "100_"), Place.LAST, 50).items()).isEmpty();
        assertThat(jobs(Map.of(Filter.TEXT, ids.getFirst()), Place.LAST, 50).items()).hasSize(1);
        assertThat(
                        jobs(Map.of(Filter.TYPE, "render", Filter.STATE, "READY"), Place.LAST, 50)
                                .items())
                .hasSize(7);
    }

    @Test
    void tellsOnlyWhatIsDifferent() {
        try (var watch =
                new QueueWatch(fixture.store, fixture.events, clock, LEASE, Duration.ofDays(14))) {
            fixture.publish("mail", "t", "a", 1);
            watch.tell();
            long told = events(Kind.QUEUE).size();
            watch.tell();

            assertThat(told).isEqualTo(1);
            assertThat(events(Kind.QUEUE)).hasSize(1);
            fixture.publish("mail", "t", "b", 1);
            watch.tell();
            assertThat(events(Kind.QUEUE)).hasSize(2);
            assertThat(lastEvent(Kind.QUEUE).json()).contains("\"ready\":2");
        }
    }

    @Test
    void forgetsWhatSucceededLongAgoButNeverItsKey() {
        String id = fixture.publish("fine", "the-key", 1);
        fixture.worker("a", quick(1), handler("fine", job -> job.log("done")));
        eventually("done", () -> fixture.is(id, JobState.SUCCEEDED));
        try (var watch =
                new QueueWatch(fixture.store, fixture.events, clock, LEASE, Duration.ofDays(14))) {
            clock.forward(Duration.ofDays(13));
            watch.prune();
            assertThat(service.job(id).state()).isEqualTo(JobState.SUCCEEDED);
            clock.forward(Duration.ofDays(2));
            watch.prune();
        }

        assertThatThrownBy(() -> service.job(id)).isInstanceOf(Refused.class);
        assertThat(fixture.publish("fine", "the-key", 1)).isEqualTo(id);
        assertThat(jobs(Map.of(), Place.LAST, 10).total()).isZero();
    }

    @Test
    void forgetsWhatWasGivenUpLongAgoAndDoesItAgainOnlyForWhoWantsIt() {
        String id = fixture.publish("fine", "the-key", 1);
        String raised = fixture.publish("fine", "raised", 1);
        String dead = dead("order 1");
        Effects.done(fixture.store, service.discard(id, "olga", "no vendor"));
        Effects.done(fixture.store, service.discard(raised, "olga", "no vendor"));
        Effects.done(fixture.store, service.retry(raised, "olga"));
        try (var watch =
                new QueueWatch(fixture.store, fixture.events, clock, LEASE, Duration.ofDays(14))) {
            clock.forward(Duration.ofDays(13));
            watch.prune();
            assertThat(service.job(id).state()).isEqualTo(JobState.DISCARDED);
            clock.forward(Duration.ofDays(2));
            watch.prune();
        }

        assertThatThrownBy(() -> service.job(id)).isInstanceOf(Refused.class);
        assertThat(service.job(raised).state()).isEqualTo(JobState.READY);
        assertThat(service.job(dead).state()).isEqualTo(JobState.DEAD);
        assertThat(plan(JobPruner.OLD_GIVEN_UP)).contains("job_discarded");
        assertThat(fixture.publish("fine", "the-key", 1)).isEqualTo(id);
        assertThatThrownBy(() -> service.job(id)).isInstanceOf(Refused.class);

        var wanted = new JobQueue.NewJob("work", "fine", "s", "the-key", Map.of(), 1);
        String again = fixture.store.write(handle -> fixture.queue.again(handle, wanted, "olga"));
        assertThat(service.job(again).state()).isEqualTo(JobState.READY);
        assertThat(fixture.publish("fine", "the-key", 1)).isEqualTo(again);
    }

    @Test
    void forgetsMoreThanOneLotAtOnceAndLooksAtNoneThatIsYoung() {
        fixture.publish("fine", "the-key", 1);
        // as if 1,200 more had succeeded on the first day, and one today
        long then = clock.instant().toEpochMilli();
        fixture.store.writing(
                handle -> {
                    for (int i = 0; i < 1_200; i++) {
                        fixture.queue.publish(
                                handle,
                                new JobQueue.NewJob("q", "fine", "s", "old" + i, Map.of(), 1));
                    }
                    handle.execute(
                            "UPDATE job SET state = 'SUCCEEDED', due_at = NULL, ended_at = ?",
                            then);
                    handle.execute(
                            "UPDATE job SET ended_at = ? WHERE unique_key = 'the-key'",
                            then + Duration.ofDays(14).toMillis());
                });
        clock.forward(Duration.ofDays(15));
        try (var watch =
                new QueueWatch(fixture.store, fixture.events, clock, LEASE, Duration.ofDays(14))) {
            watch.prune();
        }

        assertThat(jobs(Map.of(), Place.LAST, 10).total()).isEqualTo(1);
        assertThat(plan(JobPruner.OLD)).contains("job_succeeded");
    }

    /// How the engine would go about a statement, in its words.
    private String plan(String sql) {
        String explain = states == States.SQLITE ? "EXPLAIN QUERY PLAN " : "EXPLAIN ";
        return fixture.store.alongside(
                handle ->
                        handle.createQuery(explain + sql)
                                .bind("before", 1L)
                                .bind("limit", 500)
                                .map((row, _) -> row.getString(states == States.SQLITE ? 4 : 1))
                                .list()
                                .toString());
    }

    private String dead(String key) {
        String id = fixture.publish("poison", key, 1);
        var failed = new AtomicInteger();
        try (Worker worker =
                fixture.worker(
                        "w" + key,
                        quick(1),
                        handler(
                                "poison",
                                job -> {
                                    failed.incrementAndGet();
                                    throw new IllegalStateException(
                                            "no vendor for " + job.payload(Map.class).get("key"));
                                }))) {
            eventually("dead", () -> fixture.is(id, JobState.DEAD));
        }
        assertThat(failed).hasValue(1);
        return id;
    }

    private Page<Job> jobs(Map<Filter, String> filters, Place before, int limit) {
        return fixture.store.read(
                handle -> new JobSearch(clock).page(handle, new JobQuery(filters, before, limit)));
    }

    private List<EventLog.Entry> events(Kind kind) {
        fixture.store.numberEvents();
        return fixture.store.read(
                handle ->
                        fixture.events.after(handle, 0, 10_000).stream()
                                .filter(event -> event.kind().equals(kind.wire()))
                                .toList());
    }

    private EventLog.Entry lastEvent(Kind kind) {
        return events(kind).getLast();
    }
}
