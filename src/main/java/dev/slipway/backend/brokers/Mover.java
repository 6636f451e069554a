package dev.slipway.backend.brokers;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.GetResponse;

import dev.slipway.api.brokers.MoveVia;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;

/// Takes messages from a dead-letter queue and sends them back to where they came from.
///
/// A message is acknowledged only when the broker confirmed that it has the copy: if anything dies
/// in between, it lies in both places (at least once), never in none. What is not moved is given
/// back when the channel closes, to the place where it lay.
final class Mover {
    private static final long CONFIRM_MILLIS = 20_000;
    private static final int MOST_HELD = 20_000;

    private final Connection connection;
    private final String queue;
    private final MoveVia via;
    private final Map<String, Boolean> exchanges = new HashMap<>();
    private final MoveReport report = new MoveReport();

    /// @param queue the dead-letter queue
    Mover(Connection connection, String queue, MoveVia via) {
        this.connection = connection;
        this.queue = queue;
        this.via = via;
    }

    /// @param chosen how often each fingerprint is wanted; empty for all
    /// @param limit at most so many messages are taken
    /// @param pace says how many go at once, and when it is to stop
    /// @param progress how many were moved
    /// @throws IOException if the broker went away; what was moved until then is in the report
    MoveReport run(Map<String, Integer> chosen, long limit, Pace pace, LongConsumer progress)
            throws IOException, TimeoutException, InterruptedException {
        Map<String, Integer> wanted = new HashMap<>(chosen);
        boolean all = wanted.isEmpty();
        long seen = 0;
        try (Channel source = connection.createChannel();
                var sender = new Sender(connection)) {
            boolean more = true;
            while (more && pace.await()) {
                List<Taken> batch = new ArrayList<>();
                while (batch.size() < pace.atOnce() && more) {
                    GetResponse got = seen < limit ? source.basicGet(queue, false) : null;
                    more = got != null && report.passedSoFar() < MOST_HELD;
                    if (got != null) {
                        seen++;
                        take(Taken.of(got), all, wanted, batch);
                        more &= all || !wanted.isEmpty();
                    }
                }
                pace.passed(batch.size());
                send(source, sender, batch);
                progress.accept(report.movedSoFar());
            }
            giveBack(source);
        }
        return report;
    }

    /// All that is not acknowledged.
    private static void giveBack(Channel source) throws IOException {
        source.basicNack(0, true, true);
    }

    private void take(Taken taken, boolean all, Map<String, Integer> wanted, List<Taken> batch) {
        if (all) {
            batch.add(taken);
            return;
        }
        String fingerprint = taken.fingerprint();
        Integer left = wanted.get(fingerprint);
        if (left == null) {
            report.passed();
            return;
        }
        if (left == 1) {
            wanted.remove(fingerprint);
        } else {
            wanted.put(fingerprint, left - 1);
        }
        batch.add(taken);
    }

    private void send(Channel source, Sender sender, List<Taken> batch)
            throws IOException, InterruptedException {
        Map<String, Taken> sent = new HashMap<>();
        Map<String, Destination> destinations = new HashMap<>();
        for (Taken taken : batch) {
            Destination to = Destination.of(taken.origin(), via);
            if (to == null) {
                report.stayed("no x-death says where it came from");
            } else if (!exists(to.exchange())) {
                report.stayed("the exchange " + to.exchange() + " is gone");
            } else {
                String token = UUID.randomUUID().toString();
                sent.put(token, taken);
                destinations.put(token, to);
                sender.publish(to, token, taken);
            }
        }
        Map<String, Sender.Fate> fates = sender.fates(sent.keySet(), CONFIRM_MILLIS);
        for (var entry : sent.entrySet()) {
            Destination to = destinations.getOrDefault(entry.getKey(), new Destination("", queue));
            switch (fates.getOrDefault(entry.getKey(), Sender.Fate.UNKNOWN)) {
                case CONFIRMED -> {
                    source.basicAck(entry.getValue().tag(), false);
                    report.moved();
                }
                case RETURNED ->
                        report.stayed(
                                to.exchange().isEmpty()
                                        ? "the " + to.told() + " is gone"
                                        : "nothing is bound at the " + to.told());
                case REFUSED -> report.stayed("the broker refused it at the " + to.told());
                case UNKNOWN ->
                        report.stayed(
                                "no confirmation came for the "
                                        + to.told()
                                        + ": it may be there too");
            }
        }
    }

    /// Publishing to one that is gone would close the channel.
    private boolean exists(String exchange) throws IOException {
        if (exchange.isEmpty()) {
            return true;
        }
        Boolean known = exchanges.get(exchange);
        if (known != null) {
            return known;
        }
        boolean there;
        Channel probe = connection.createChannel();
        try {
            probe.exchangeDeclarePassive(exchange);
            probe.close();
            there = true;
        } catch (IOException | TimeoutException e) {
            if (!connection.isOpen()) {
                throw new IOException("the broker went away", e);
            }
            there = false;
        }
        exchanges.put(exchange, there);
        return there;
    }
}
