package dev.slipway.backend.queues.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.StateStore;
import dev.slipway.testing.States;
import dev.slipway.testing.TestClock;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/// What a relay takes first, and how the broker is said to stand, over both engines.
@ParameterizedClass
@EnumSource(States.class)
class OutboxIT {
    private static final Instant NOW = Instant.parse("2026-11-26T18:00:00Z");

    @AutoClose private final StateStore store;

    OutboxIT(States states, @TempDir Path folder) {
        store = states.open(folder);
    }

    @Test
    void theHigherPriorityIsFirstHoweverMuchWaitsAndTheOthersKeepAShare() {
        wake("low", 3, 400, 1);
        wake("normal", 2, 400, 2);
        wake("high", 1, 10, 3);
        List<String> first = take(160);
        assertThat(first.subList(0, 10)).allMatch(job -> job.startsWith("high"));
        assertThat(first).filteredOn(job -> job.startsWith("low")).hasSize(10);
        assertThat(first).filteredOn(job -> job.startsWith("normal")).hasSize(140);

        wake("high2", 1, 400, 4);
        List<String> second = take(160);
        assertThat(second).filteredOn(job -> job.startsWith("high")).hasSize(110);
        assertThat(second).filteredOn(job -> job.startsWith("normal")).hasSize(40);
        assertThat(second).filteredOn(job -> job.startsWith("low")).hasSize(10);
        assertThat(second).doesNotContainAnyElementsOf(first);
    }

    @Test
    void aBatchIsFullWhateverThePriorityOfWhatWaits() {
        for (int priority = 1; priority <= 3; priority++) {
            wake("p" + priority, priority, 50, 1);
            assertThat(take(50)).hasSize(50).doesNotHaveDuplicates();
        }
        wake("later", 1, 1, NOW.plusSeconds(1).toEpochMilli());
        assertThat(take(50)).isEmpty();
    }

    @Test
    void whatADeadProcessSaidOfTheBrokerIsPutRightByOneThatReachesIt() {
        var clock = new TestClock(NOW);
        var living = health(clock, "living");
        living.use("amqp://broker", List.of());
        living.up();
        health(clock, "dead").away(new IOException("cut"));
        assertThat(state()).isEqualTo(BrokerStatus.State.AWAY);
        clock.forward(Health.FORGOTTEN);
        living.up();
        assertThat(state()).isEqualTo(BrokerStatus.State.UP);
    }

    @Test
    void ofManyThatFindTheSameOneTellsItAndTheLiveStreamHearsItOnce() {
        var clock = new TestClock(NOW);
        List<Health> processes =
                IntStream.range(0, 5).mapToObj(i -> health(clock, "web-" + i)).toList();
        processes.forEach(each -> each.use("amqp://broker", List.of("migration.sync")));
        processes.forEach(Health::up);
        for (int second = 0; second < 60; second++) {
            processes.forEach(each -> each.away(new IOException("cut")));
            clock.forward(Duration.ofSeconds(1));
        }
        assertThat(status())
                .extracting(
                        BrokerStatus::since,
                        BrokerStatus::reason,
                        BrokerStatus::toldBy,
                        BrokerStatus::beside)
                .containsExactly(NOW, "IOException: cut", "web-0", List.of("migration.sync"));
        clock.forward(Health.QUIET);
        processes.forEach(Health::confirmed);
        assertThat(events())
                .containsExactly("AWAY null", "UP null", "AWAY IOException: cut", "UP null");
        health(clock, "").unused();
        health(clock, "").unused();
        assertThat(events()).hasSize(5).endsWith("gone");
    }

    /// Some reach it and others don't: that is said as long as it is so, and not by turns.
    @Test
    void oneThatReachesItSaysNothingAgainstOneThatDoesNot() {
        var clock = new TestClock(NOW);
        var near = health(clock, "near");
        var far = health(clock, "far");
        near.use("amqp://broker", List.of());
        near.up();
        for (int second = 0; second < 120; second++) {
            far.away(new IOException("no route"));
            near.up();
            clock.forward(Duration.ofSeconds(1));
        }
        assertThat(status().state()).isEqualTo(BrokerStatus.State.AWAY);
        assertThat(status().toldBy()).isEqualTo("far");
        assertThat(status().reachedBy()).isEqualTo("near");
        assertThat(events()).hasSize(4);
    }

    /// While one process reaches it jobs come to workers: not they wait for the broker.
    @Test
    void jobsDoNotWaitForItWhileAnotherProcessReachesIt() {
        var clock = new TestClock(NOW);
        var near = health(clock, "near");
        var far = health(clock, "far");
        near.use("amqp://broker", List.of("migration.sync"));
        near.up();
        far.away(new IOException("no route"));
        assertThat(kept("invoice.send")).isTrue();
        assertThat(kept("migration.sync")).isFalse();

        clock.forward(Duration.ofSeconds(5));
        near.up();
        assertThat(kept("invoice.send")).isFalse();
        assertThat(status().reachedBy()).isEqualTo("near");

        near.away(new IOException("cut"));
        assertThat(kept("invoice.send")).isTrue();
        assertThat(status().reachedBy()).isNull();
        assertThat(events())
                .containsExactly(
                        "AWAY null",
                        "UP null",
                        "AWAY IOException: no route",
                        "AWAY IOException: no route by near",
                        "AWAY IOException: no route");
    }

    /// It reached it, and died: the other one says so when it has not been heard for a while.
    @Test
    void whoReachedItIsForgottenWhenItIsNotHeardAnyMore() {
        var clock = new TestClock(NOW);
        var near = health(clock, "near");
        var far = health(clock, "far");
        near.use("amqp://broker", List.of());
        far.away(new IOException("no route"));
        near.up();
        far.away(new IOException("no route"));
        assertThat(kept("invoice.send")).isFalse();
        clock.forward(Health.FORGOTTEN);
        far.away(new IOException("no route"));
        assertThat(kept("invoice.send")).isTrue();
        clock.forward(Duration.ofSeconds(5));
        far.away(new IOException("no route"));
        near.up();
        assertThat(kept("invoice.send")).isFalse();

        clock.forward(Health.FORGOTTEN);
        near.up();
        assertThat(status().state()).isEqualTo(BrokerStatus.State.UP);
        assertThat(status().reachedBy()).isNull();
    }

    /// One backend whose configuration lacks it must not turn it off for all.
    @Test
    void whoDoesWithoutItTurnsItOffOnlyWhenNobodyUsesItAnyMore() {
        var clock = new TestClock(NOW);
        var log = new EventLog(WireJson.mapper(), clock);
        var user = new BrokerUsers(store, log, clock, "user");
        var without = new WithoutBroker(store, log, clock, "web-9", false);
        health(clock, "user").use("amqp://broker", List.of());
        health(clock, "user").up();
        assertThat(user.uses()).isTrue();

        assertThat(without.look()).isTrue();
        assertThat(state()).isEqualTo(BrokerStatus.State.UP);
        assertThat(status().without()).isEqualTo("web-9", false);
        clock.forward(BrokerUsers.FORGOTTEN.minusSeconds(1));
        assertThat(without.look()).isTrue();
        assertThat(user.uses()).isTrue();
        assertThat(events()).as("told once").hasSize(3);

        // the other one is put right, or gone
        clock.forward(BrokerUsers.FORGOTTEN);
        assertThat(user.uses()).isTrue();
        assertThat(status().without()).isNull();
        assertThat(without.look()).isTrue();

        // killed: it says nothing any more
        clock.forward(BrokerUsers.FORGOTTEN);
        assertThat(without.look()).isFalse();
        assertThat(state()).isEqualTo(BrokerStatus.State.UNUSED);
        assertThat(user.uses()).isFalse();
    }

    /// It is named, and leaves to the backends whether jobs are handed on.
    @Test
    void aWorkerWithoutItIsToldAndTurnsNothingOff() {
        var clock = new TestClock(NOW);
        var log = new EventLog(WireJson.mapper(), clock);
        var user = new BrokerUsers(store, log, clock, "user");
        var worker = new WithoutBroker(store, log, clock, "web-9", true);
        assertThat(worker.look()).as("none is used").isFalse();
        assertThat(status().without()).isNull();

        health(clock, "user").use("amqp://broker", List.of());
        health(clock, "user").up();
        assertThat(user.uses()).isTrue();
        assertThat(worker.look()).isTrue();
        assertThat(status().without()).isEqualTo("web-9");
        assertThat(status().withoutWorks()).isTrue();
        assertThat(events()).as("used, up, told once").hasSize(3);

        clock.forward(BrokerUsers.FORGOTTEN);
        assertThat(worker.look()).as("the backends are down").isFalse();
        assertThat(state()).isEqualTo(BrokerStatus.State.UP);

        // put right: it says nothing any more
        assertThat(user.uses()).isTrue();
        assertThat(status().without()).isNull();
    }

    @Test
    void whoEndsInGoodOrderNeedNotBeForgotten() {
        var clock = new TestClock(NOW);
        var log = new EventLog(WireJson.mapper(), clock);
        var user = new BrokerUsers(store, log, clock, "user");
        health(clock, "user").use("amqp://broker", List.of());
        user.uses();
        user.leaves();
        assertThat(new WithoutBroker(store, log, clock, "web-9", false).look()).isFalse();
        assertThat(state()).isEqualTo(BrokerStatus.State.UNUSED);
    }

    private boolean kept(String type) {
        return store.read(handle -> Health.keepsFromWorkers(handle, type));
    }

    /// The sweep's connection is cut and the relay's is not.
    @Test
    void oneProcessDoesNotContradictItself() {
        var clock = new TestClock(NOW);
        var health = health(clock, "web");
        health.use("amqp://broker", List.of());
        health.up();
        for (int i = 0; i < 600; i++) {
            if (i % 10 == 0) {
                health.away(new IOException("no queue"));
            }
            health.up();
            clock.forward(Duration.ofMillis(100));
        }
        assertThat(events()).hasSize(3);
        clock.forward(Health.DOUBT);
        health.up();
        assertThat(state()).isEqualTo(BrokerStatus.State.UP);
    }

    /// One that takes messages and confirms none lets nobody believe that it is back.
    @Test
    void anOpenConnectionIsNoProofWhileNothingIsConfirmed() {
        var clock = new TestClock(NOW);
        var health = health(clock, "web");
        health.use("amqp://broker", List.of());
        health.confirmed();
        for (int second = 0; second < 120; second++) {
            if (second % 11 == 0) {
                health.away(new IOException("not confirmed in time"));
            }
            health.up();
            clock.forward(Duration.ofSeconds(1));
        }
        assertThat(state()).isEqualTo(BrokerStatus.State.AWAY);
        assertThat(events()).hasSize(3);
        clock.forward(Health.QUIET);
        health.confirmed();
        assertThat(state()).isEqualTo(BrokerStatus.State.UP);
    }

    /// It was away already when the first process began: why is known only then.
    @Test
    void whyItIsAwayIsToldWhenItIsKnown() {
        var clock = new TestClock(NOW);
        var health = health(clock, "web");
        health.use("amqp://broker", List.of());
        clock.forward(Duration.ofSeconds(1));
        health.away(new IOException("refused"));
        assertThat(status().reason()).isEqualTo("IOException: refused");
        assertThat(status().since()).isEqualTo(NOW);
        assertThat(events()).containsExactly("AWAY null", "AWAY IOException: refused");
    }

    @Test
    void whoTellsGoesOnWhenTheDatabaseIsAwayAsWell() {
        Health health = health(new TestClock(NOW), "one");
        store.close();
        assertThatCode(() -> health.away(new java.io.IOException("cut")))
                .doesNotThrowAnyException();
    }

    private Health health(TestClock clock, String process) {
        return new Health(store, new EventLog(WireJson.mapper(), clock), clock, process);
    }

    private BrokerStatus status() {
        return store.read(handle -> Health.read(handle, NOW));
    }

    /// What the live stream was told, read from the log itself.
    private List<String> events() {
        store.numberEvents();
        return store.read(
                handle ->
                        handle
                                .createQuery(
                                        "SELECT json FROM event WHERE kind = 'job-broker'"
                                                + " ORDER BY seq")
                                .map((row, _) -> row.getString("json"))
                                .list()
                                .stream()
                                .map(OutboxIT::told)
                                .toList());
    }

    private static String told(@Nullable String json) {
        if (json == null) {
            return "gone";
        }
        try {
            var told = WireJson.mapper().readTree(json);
            String by = told.path("reachedBy").asText("null");
            return told.path("state").asText()
                    + " "
                    + told.path("reason").asText("null")
                    + (by.equals("null") ? "" : " by " + by);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private BrokerStatus.State state() {
        return status().state();
    }

    private List<String> take(int most) {
        var jobs = new ArrayList<String>();
        store.alongside(handle -> Outbox.take(handle, NOW, most))
                .forEach(wakeUp -> jobs.add(wakeUp.job()));
        return jobs;
    }

    private void wake(String name, int priority, int number, long notBefore) {
        store.writing(
                handle -> {
                    var batch =
                            handle.prepareBatch(
                                    "INSERT INTO wake_up (job, priority, not_before)"
                                            + " VALUES (:job, :priority, :at)");
                    for (int i = 0; i < number; i++) {
                        batch.bind("job", name + i)
                                .bind("priority", priority)
                                .bind("at", notBefore)
                                .add();
                    }
                    batch.execute();
                });
    }
}
