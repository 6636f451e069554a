package dev.slipway.backend.brokers;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Publishes, and says what became of each message: the broker confirms that it has it, or says
/// that it belongs nowhere.
final class Sender implements AutoCloseable {
    private final Channel channel;
    private final TreeMap<Long, String> unconfirmed = new TreeMap<>();
    private final Map<String, Fate> fates = new HashMap<>();

    /// What became of a message.
    enum Fate {
        /// The broker has it.
        CONFIRMED,
        /// There is no queue for it.
        RETURNED,
        /// A queue did not take it, for example because it is full.
        REFUSED,
        /// No answer came.
        UNKNOWN
    }

    Sender(Connection connection) throws IOException {
        channel = connection.createChannel();
        channel.confirmSelect();
        channel.addConfirmListener(
                (number, multiple) -> settle(number, multiple, Fate.CONFIRMED),
                (number, multiple) -> settle(number, multiple, Fate.REFUSED));
        // comes before the confirmation of the same message
        channel.addReturnListener(returned -> returned(Taken.token(returned.getProperties())));
    }

    void publish(Destination to, String token, Taken taken) throws IOException {
        synchronized (this) {
            unconfirmed.put(channel.getNextPublishSeqNo(), token);
        }
        channel.basicPublish(
                to.exchange(), to.routingKey(), true, taken.forTheWayBack(to, token), taken.body());
    }

    private synchronized void returned(String token) {
        fates.put(token, Fate.RETURNED);
    }

    private synchronized void settle(long number, boolean multiple, Fate fate) {
        Map<Long, String> settled =
                multiple
                        ? unconfirmed.headMap(number, true)
                        : unconfirmed.subMap(number, true, number, true);
        settled.values().forEach(token -> fates.putIfAbsent(token, fate));
        settled.clear();
        notifyAll();
    }

    /// Waits until each has met its fate, but not for ever.
    synchronized Map<String, Fate> fates(Set<String> tokens, long millis)
            throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        while (unconfirmed.values().stream().anyMatch(tokens::contains) && channel.isOpen()) {
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (left <= 0) {
                break;
            }
            wait(Math.min(left, 500));
        }
        Map<String, Fate> all = new HashMap<>();
        tokens.forEach(token -> all.put(token, fates.getOrDefault(token, Fate.UNKNOWN)));
        tokens.forEach(fates::remove);
        return all;
    }

    @Override
    public void close() throws IOException, TimeoutException {
        if (channel.isOpen()) {
            channel.close();
        }
    }
}
