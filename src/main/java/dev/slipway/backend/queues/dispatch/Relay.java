package dev.slipway.backend.queues.dispatch;

import static java.lang.System.Logger.Level.ERROR;

import dev.slipway.backend.store.StateStore;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/// Hands due wake-ups to the broker and removes those that it has confirmed. Each process has one,
/// with two threads: while one waits for the broker the other is at the database. What a relay that
/// died had in hand is handed over again, and a second message of a job finds nothing to do.
final class Relay implements AutoCloseable {
    /// Messages that may be unconfirmed at a time.
    static final int WINDOW = 500;

    private static final int HANDS = 2;
    private static final int AT_ONCE = WINDOW / HANDS;
    private static final System.Logger LOG = System.getLogger(Relay.class.getName());
    private static final Duration IDLE = Duration.ofMillis(50);
    private static final Duration AFTER_A_FAULT = Duration.ofSeconds(1);

    private final StateStore store;
    private final Health health;
    private final InstantSource clock;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final List<Thread> hands;

    Relay(StateStore store, Broker broker, Health health, InstantSource clock) {
        this.store = store;
        this.health = health;
        this.clock = clock;
        this.hands =
                IntStream.rangeClosed(1, HANDS)
                        .mapToObj(n -> Thread.ofPlatform().name("relay-" + n).daemon())
                        .map(hand -> hand.unstarted(() -> run(broker.publisher())))
                        .toList();
    }

    void start() {
        hands.forEach(Thread::start);
    }

    @Override
    public void close() {
        ending.countDown();
        hands.forEach(Thread::interrupt);
        try {
            for (Thread hand : hands.stream().filter(Thread::isAlive).toList()) {
                hand.join(AFTER_A_FAULT.multipliedBy(5));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Publisher publisher) {
        Duration wait = Duration.ZERO;
        while (!ended(wait)) {
            try {
                wait = relay(publisher) == AT_ONCE ? Duration.ZERO : IDLE;
            } catch (InterruptedException e) {
                return;
            } catch (IOException e) {
                health.away(e);
                wait = AFTER_A_FAULT;
            } catch (RuntimeException e) {
                LOG.log(ERROR, "the outbox could not be relayed; trying again", e);
                wait = AFTER_A_FAULT;
            }
        }
    }

    /// @return how many were handed over
    private int relay(Publisher publisher) throws IOException, InterruptedException {
        List<WakeUp> batch =
                store.alongside(handle -> Outbox.take(handle, clock.instant(), AT_ONCE));
        if (batch.isEmpty()) {
            // so that it is known even while nothing is to be handed over
            publisher.publish(batch);
            health.up();
            return 0;
        }
        try {
            publisher.publish(batch);
        } catch (IOException | InterruptedException e) {
            store.alongside(handle -> Outbox.putBack(handle, batch));
            throw e;
        }
        health.up();
        store.alongside(handle -> Outbox.remove(handle, batch));
        return batch.size();
    }

    private boolean ended(Duration wait) {
        try {
            return ending.await(wait.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }
}
