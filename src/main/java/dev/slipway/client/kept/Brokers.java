package dev.slipway.client.kept;

import dev.slipway.api.brokers.Broker;
import dev.slipway.api.brokers.BrokerQueue;
import dev.slipway.api.events.Kind;
import dev.slipway.client.offline.Query;
import dev.slipway.client.offline.Shelf;

import java.util.Comparator;
import java.util.List;

/// What is kept of the shop's own brokers. Messages that were looked at are not kept: they hold
/// other applications' data.
public final class Brokers {
    private Brokers() {}

    public static Query<List<Broker>> all() {
        return Shelf.all(Kind.BROKER, Broker.class, Comparator.comparing(Broker::name));
    }

    public static Query<List<BrokerQueue>> queues() {
        return Shelf.all(
                Kind.BROKER_QUEUE, BrokerQueue.class, Comparator.comparing(BrokerQueue::id));
    }
}
