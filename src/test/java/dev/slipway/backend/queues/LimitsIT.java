package dev.slipway.backend.queues;

import static dev.slipway.backend.queues.QueueFixture.handler;
import static dev.slipway.backend.queues.QueueFixture.quick;
import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.JobState;
import dev.slipway.api.queues.Pause;
import dev.slipway.api.queues.Priority;
import dev.slipway.api.queues.TypeLimit;
import dev.slipway.api.queues.Wait;
import dev.slipway.api.queues.Wait.Why;
import dev.slipway.backend.queues.JobQueue.NewJob;
import dev.slipway.backend.queues.holds.Holds;
import dev.slipway.testing.Effects;
import dev.slipway.testing.TestClock;

import org.jspecify.annotations.Nullable;
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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/// At most so many of a type at once, and the higher priority first.
@ParameterizedClass
@EnumSource(Adapters.class)
class LimitsIT {
    private static final Instant START = Instant.parse("2026-11-22T03:00:00Z");

    private final Adapters adapter;
    private final TestClock clock;
    @AutoClose private final QueueFixture fixture;
    private final HoldService service;

    LimitsIT(Adapters adapter, @TempDir Path folder) {
        this.adapter = adapter;
        clock = adapter.clock(START);
        fixture = new QueueFixture(adapter, folder, clock);
        var holds = new Holds(fixture.events, clock);
        service = new HoldService(fixture.store, fixture.events, holds, clock);
    }

    @Test
    void neverMoreThanTheLimitRunOverAllWorkers() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 120; i++) {
            ids.add(fixture.publish("q" + i % 3, "narrow", "k" + i, 1));
        }
        limit("narrow", 2);
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        JobHandler narrow =
                handler(
                        "narrow",
                        _ -> {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            Thread.yield();
                            now.decrementAndGet();
                        });
        fixture.worker("a", quick(4), narrow);
        fixture.worker("b", quick(4), narrow);

        eventually("done", () -> ids.stream().allMatch(id -> fixture.is(id, JobState.SUCCEEDED)));
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void aFullTypeLeavesTheThreadsToOthersAndSaysWhyItWaits() throws Exception {
        String first = fixture.publish("narrow", "k1", 1);
        limit("narrow", 1);
        var go = new CountDownLatch(1);
        fixture.worker(
                "a", quick(2), handler("narrow", _ -> go.await()), handler("other", _ -> {}));
        eventually("the first runs", () -> fixture.is(first, JobState.RUNNING));
        String second = fixture.publish("narrow", "k2", 1);
        String other = fixture.publish("other", "k3", 1);
        eventually("another type goes on", () -> fixture.is(other, JobState.SUCCEEDED));

        Wait wait = service.wait(second).orElseThrow();
        assertThat(wait.why()).isEqualTo(Why.LIMIT);
        assertThat(wait.running()).isEqualTo(1);
        assertThat(wait.most()).isEqualTo(1);
        // a broker's hint doesn't help it past the limit
        assertThat(fixture.take("x", second)).isFalse();
        go.countDown();
        eventually("done", () -> fixture.is(second, JobState.SUCCEEDED));
    }

    @Test
    void takingTheLimitAwayOrRaisingItCountsAtOnce() {
        for (int i = 0; i < 4; i++) {
            fixture.publish("narrow", "k" + i, 1);
        }
        limit("narrow", 1);
        var go = new CountDownLatch(1);
        fixture.worker("a", quick(4), handler("narrow", _ -> go.await()));
        eventually("one runs", () -> running() == 1);
        limit("narrow", 3);
        eventually("three run", () -> running() == 3);
        limit("narrow", null);
        eventually("all run", () -> running() == 4);
        go.countDown();
    }

    /// No one may take it over, so it must not keep the jobs of other queues waiting; nor may it be
    /// tried again and again in place of another dead worker's.
    @Test
    void theJobOfADeadWorkerInAPausedQueueHoldsUpNoOtherQueue() {
        String held = fixture.publish("paused", "narrow", "k1", 1);
        assertThat(fixture.take("dying", held)).isTrue();
        String dead = fixture.publish("open", "narrow", "k2", 1);
        assertThat(fixture.take("dying", dead)).isTrue();
        limit("narrow", 1);
        Effects.done(
                fixture.store,
                service.pause(HoldKind.QUEUE, "paused", new Pause("down", null), "ana"));
        clock.forward(Duration.ofSeconds(11));
        String fresh = fixture.publish("open", "narrow", "k3", 1);
        fixture.worker("a", quick(2), handler("narrow", _ -> {}));

        eventually("taken over", () -> fixture.is(dead, JobState.SUCCEEDED));
        eventually("the next ran", () -> fixture.is(fresh, JobState.SUCCEEDED));
        assertThat(fixture.job(held).state()).isEqualTo(JobState.RUNNING);
    }

    /// A dead worker's job counts until another takes it over, which the limit must not forbid.
    @Test
    void theJobsOfDeadWorkersAreTakenOverUnderALimit() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            String id = fixture.publish("narrow", "k" + i, 1);
            ids.add(id);
            assertThat(fixture.take("dying" + id, id)).isTrue();
        }
        String waits = fixture.publish("narrow", "fresh", 1);
        limit("narrow", 2);
        clock.forward(Duration.ofSeconds(11));
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        JobHandler narrow =
                handler(
                        "narrow",
                        _ -> {
                            most.accumulateAndGet(now.incrementAndGet(), Math::max);
                            Thread.yield();
                            now.decrementAndGet();
                        });
        fixture.worker("a", quick(4), narrow);

        eventually("done", () -> ids.stream().allMatch(id -> fixture.is(id, JobState.SUCCEEDED)));
        eventually("the fresh too", () -> fixture.is(waits, JobState.SUCCEEDED));
        assertThat(most.get()).isBetween(1, 2);
    }

    @Test
    void refusesLimitsThatAreNoneAndTypesThatThereNeverWere() {
        fixture.publish("narrow", "k", 1);
        assertThatThrownBy(() -> limit("narrow", 0)).hasMessageContaining("from 1");
        assertThatThrownBy(() -> limit("unheard", 1)).hasMessageContaining("unheard");
        assertThat(service.types().getFirst().most()).isNull();
    }

    @Test
    void theHigherPriorityIsFirstAndTheLowStillGetsItsTurns() {
        for (int i = 0; i < 64; i++) {
            publish("high" + i, Priority.HIGH);
            publish("normal" + i, Priority.NORMAL);
            publish("low" + i, Priority.LOW);
        }
        List<String> order = new CopyOnWriteArrayList<>();
        fixture.worker(
                "a",
                quick(1),
                handler("p", job -> order.add((String) job.payload(Map.class).get("key"))));
        eventually("all ran", () -> order.size() == 192);

        List<String> first = order.subList(0, 64);
        assertThat(first).filteredOn(key -> key.startsWith("high")).hasSizeGreaterThan(20);
        assertThat(first).filteredOn(key -> key.startsWith("low")).hasSizeBetween(1, 20);
        if (!adapter.broker()) {
            // of 16 turns 12 are the high one's, 3 the normal one's, 1 the low one's
            assertThat(order.getFirst()).isEqualTo("high0");
            assertThat(first).filteredOn(key -> key.startsWith("high")).hasSize(48);
            assertThat(first).filteredOn(key -> key.startsWith("normal")).hasSize(12);
            assertThat(first).filteredOn(key -> key.startsWith("low")).hasSize(4);
        }
        // and among equals in the order that they came
        assertThat(first.stream().filter(key -> key.startsWith("high")).toList())
                .startsWith("high0", "high1", "high2");
    }

    private void publish(String key, Priority priority) {
        fixture.store.writing(
                handle ->
                        fixture.queue.publish(
                                handle,
                                new NewJob("work", "p", "s", key, Map.of("key", key), 1)
                                        .with(priority)));
    }

    private long running() {
        return service.types().getFirst().running();
    }

    private void limit(String type, @Nullable Integer most) {
        Effects.done(fixture.store, service.limit(type, new TypeLimit(most, ""), "ana"));
    }
}
