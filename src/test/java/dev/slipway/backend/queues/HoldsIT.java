package dev.slipway.backend.queues;

import static dev.slipway.backend.queues.QueueFixture.handler;
import static dev.slipway.backend.queues.QueueFixture.quick;
import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import static java.util.Objects.requireNonNull;

import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.JobState;
import dev.slipway.api.queues.Pause;
import dev.slipway.api.queues.Wait;
import dev.slipway.api.queues.Wait.Why;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.queues.dispatch.BrokerSettings;
import dev.slipway.backend.queues.dispatch.Dispatch;
import dev.slipway.backend.queues.dispatch.WithoutBroker;
import dev.slipway.backend.queues.holds.Holds;
import dev.slipway.backend.store.EventLog;
import dev.slipway.testing.Effects;
import dev.slipway.testing.TestClock;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What is paused starts nothing, until someone or its time lets it go on.
@ParameterizedClass
@EnumSource(Adapters.class)
class HoldsIT {
    private static final Instant START = Instant.parse("2026-11-22T03:00:00Z");

    private final Adapters adapter;
    private final TestClock clock;

    @SuppressWarnings("NullAway.Init")
    private QueueFixture fixture;

    @SuppressWarnings("NullAway.Init")
    private HoldService service;

    private @TempDir Path folder;

    HoldsIT(Adapters adapter) {
        this.adapter = adapter;
        this.clock = adapter.clock(START);
    }

    @BeforeEach
    void open() {
        fixture = new QueueFixture(adapter, folder, clock);
        service = service();
    }

    private HoldService service() {
        var holds = new Holds(fixture.events, clock);
        return new HoldService(fixture.store, fixture.events, holds, clock);
    }

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void aPausedQueueGivesNoJobWhileOthersGoOn() {
        String mail = fixture.publish("mail", "t", "a", 1);
        pause(HoldKind.QUEUE, "mail", null);
        fixture.worker("w", quick(2), handler("t", _ -> {}));
        String pdf = fixture.publish("pdf", "t", "b", 1);

        eventually("the other queue goes on", () -> fixture.is(pdf, JobState.SUCCEEDED));
        assertThat(fixture.job(mail).state()).isEqualTo(JobState.READY);
        Wait wait = service.wait(mail).orElseThrow();
        assertThat(wait.why()).isEqualTo(Why.QUEUE_PAUSED);
        assertThat(wait.hold()).isNotNull().extracting(Hold::by).isEqualTo("ana");
        // nobody can take it by its id either
        assertThat(fixture.take("x", mail)).isFalse();

        Effects.done(fixture.store, service.resume(HoldKind.QUEUE, "mail"));
        eventually("it goes on", () -> fixture.is(mail, JobState.SUCCEEDED));
        assertThat(service.wait(mail)).isEmpty();
    }

    /// A broker that was never there: nothing listens on the port.
    @Test
    void aJobSaysThatItWaitsForTheBrokerUntilWorkersDoWithoutIt() throws IOException {
        int port;
        try (var socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        var nowhere = new BrokerSettings(URI.create("amqp://localhost:" + port), "u", "p", "test");
        String fed = fixture.publish("fed", "a", 1);
        String beside = fixture.publish("beside", "b", 1);
        try (var dispatch =
                new Dispatch(
                        fixture.store, fixture.events, nowhere, clock, "x", List.of("beside"))) {
            dispatch.start();
            eventually("told why", () -> Dispatch.status(fixture.store, clock).reason() != null);
            assertThat(service.wait(fed).orElseThrow().why()).isEqualTo(Why.BROKER);
            assertThat(service.wait(beside).orElseThrow().why()).isEqualTo(Why.WORKER);
            saysItWithoutCountingWhatElseWaits(fed);
            var told = (BrokerStatus) Dispatch.snapshot(fixture.store, clock).getFirst().value();
            assertThat(requireNonNull(told).state()).isEqualTo(BrokerStatus.State.AWAY);
            assertThat(told.reason()).contains("refused");
        }
        new WithoutBroker(fixture.store, fixture.events, clock, "alone", false).look();
        assertThat(service.wait(fed).orElseThrow().why()).isEqualTo(Why.WORKER);
        assertThat(Dispatch.snapshot(fixture.store, clock)).isEmpty();
    }

    /// Millions may wait for the broker, and a job's page asks again and again.
    private void saysItWithoutCountingWhatElseWaits(String fed) {
        fixture.store.writing(h -> h.execute("ALTER TABLE wake_up RENAME TO wake_up_hidden"));
        assertThat(service.wait(fed).orElseThrow().why()).isEqualTo(Why.BROKER);
        fixture.store.writing(h -> h.execute("ALTER TABLE wake_up_hidden RENAME TO wake_up"));
    }

    @Test
    void aPausedTypeWaitsInEveryQueue() {
        String one = fixture.publish("mail", "send", "a", 1);
        String two = fixture.publish("pdf", "send", "b", 1);
        pause(HoldKind.TYPE, "send", null);
        fixture.worker("w", quick(1), handler("send", _ -> {}), handler("t", _ -> {}));
        String other = fixture.publish("mail", "t", "c", 1);

        eventually("another type goes on", () -> fixture.is(other, JobState.SUCCEEDED));
        assertThat(fixture.job(one).state()).isEqualTo(JobState.READY);
        assertThat(fixture.job(two).state()).isEqualTo(JobState.READY);
        assertThat(service.wait(one).orElseThrow().why()).isEqualTo(Why.TYPE_PAUSED);
    }

    @Test
    void itsTimeLetsItGoOnAndIsAudited() {
        String id = fixture.publish("mail", "t", "a", 1);
        Instant until = START.plus(Duration.ofHours(1));
        pause(HoldKind.QUEUE, "mail", until);
        fixture.worker("w", quick(1), handler("t", _ -> {}));
        try (var watch = fixture.holdWatch()) {
            watch.look();
            assertThat(fixture.audited).isEmpty();
            assertThat(service.all()).extracting(Hold::until).containsExactly(until);
            assertThat(fixture.job(id).state()).isEqualTo(JobState.READY);

            clock.forward(Duration.ofMinutes(61));
            // the claim itself looks at the time: nobody has to put the pause away first
            eventually("it goes on", () -> fixture.is(id, JobState.SUCCEEDED));
            watch.look();
            watch.look();
        }

        assertThat(service.all()).isEmpty();
        assertThat(fixture.audited)
                .singleElement()
                .satisfies(
                        act -> {
                            assertThat(act.user()).isEqualTo("slipway");
                            assertThat(act.subject()).isEqualTo("queue:mail");
                            assertThat(act.reason()).contains("ana", "mail server down");
                        });
        assertThat(lastHoldEvent().json()).isNull();
    }

    @Test
    void aPauseSurvivesARestart() {
        String id = fixture.publish("mail", "t", "a", 1);
        pause(HoldKind.QUEUE, "mail", null);
        fixture.close();
        clock.forward(Duration.ofMinutes(1));
        fixture = new QueueFixture(adapter, folder, clock);
        service = service();

        assertThat(service.all()).extracting(Hold::name).containsExactly("mail");
        fixture.worker("w", quick(1), handler("t", _ -> {}));
        String pdf = fixture.publish("pdf", "t", "b", 1);
        eventually("the other queue goes on", () -> fixture.is(pdf, JobState.SUCCEEDED));
        assertThat(fixture.job(id).state()).isEqualTo(JobState.READY);
    }

    @Test
    void whatIsPausedAgainGetsTheNewReasonAndEveryoneIsTold() {
        fixture.publish("mail", "t", "a", 1);
        pause(HoldKind.QUEUE, "mail", null);
        Effects.done(
                fixture.store,
                service.pause(HoldKind.QUEUE, "mail", new Pause("still down", null), "ben"));

        assertThat(service.all()).extracting(Hold::reason).containsExactly("still down");
        assertThat(lastHoldEvent().json()).contains("still down", "ben");
        assertThat(lastHoldEvent().id()).isEqualTo("queue:mail");
    }

    @Test
    void refusesAPauseWithoutAReasonInThePastOrOfNothing() {
        fixture.publish("mail", "t", "a", 1);
        assertThatThrownBy(() -> paused("mail", " ", null)).hasMessageContaining("why");
        assertThatThrownBy(() -> paused("mail", "x", START)).hasMessageContaining("passed");
        assertThatThrownBy(() -> paused("maill", "x", null))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("maill");
        assertThat(service.all()).isEmpty();
    }

    private Hold paused(String queue, String reason, @Nullable Instant until) {
        return Effects.done(
                fixture.store,
                service.pause(HoldKind.QUEUE, queue, new Pause(reason, until), "ana"));
    }

    private void pause(HoldKind kind, String name, @Nullable Instant until) {
        Effects.done(
                fixture.store,
                service.pause(kind, name, new Pause("mail server down", until), "ana"));
    }

    private EventLog.Entry lastHoldEvent() {
        fixture.store.numberEvents();
        List<EventLog.Entry> all =
                fixture.store.read(
                        handle ->
                                fixture.events.after(handle, 0, 10_000).stream()
                                        .filter(e -> e.kind().equals(Kind.HOLD.wire()))
                                        .toList());
        return all.getLast();
    }
}
