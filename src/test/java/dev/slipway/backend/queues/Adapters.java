package dev.slipway.backend.queues;

import dev.slipway.backend.queues.dispatch.BrokerSettings;
import dev.slipway.testing.RabbitMq;
import dev.slipway.testing.States;
import dev.slipway.testing.TestClock;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;

/// The ways by which jobs come to workers, over each engine that keeps them, for test classes that
/// hold for all: `@ParameterizedClass @EnumSource(Adapters.class)`.
enum Adapters {
    EMBEDDED_SQLITE(States.SQLITE, false),
    EMBEDDED_POSTGRES(States.POSTGRES, false),
    BROKER_SQLITE(States.SQLITE, true),
    BROKER_POSTGRES(States.POSTGRES, true);

    private final States states;
    private final boolean broker;

    Adapters(States states, boolean broker) {
        this.states = states;
        this.broker = broker;
    }

    States states() {
        return states;
    }

    boolean broker() {
        return broker;
    }

    /// It goes on by itself where a message is to come again after a while, and stands otherwise.
    TestClock clock(Instant start) {
        return broker ? TestClock.flowing(start) : new TestClock(start);
    }

    /// Exchanges and queues that nothing else uses: a virtual host of the JVM's RabbitMQ.
    static BrokerSettings freshBroker() {
        RabbitMq rabbit = RabbitMq.shared();
        String at = rabbit.host() + ":" + rabbit.port() + "/" + rabbit.freshVhost();
        return new BrokerSettings(
                URI.create("amqp://" + at), RabbitMq.USER, RabbitMq.PASSWORD, "test");
    }

    /// Hundreds of queues that no one needs any more would keep the broker busy.
    static void remove(BrokerSettings broker) {
        try {
            RabbitMq.shared().manage("DELETE", "/api/vhosts" + broker.url().getPath(), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
