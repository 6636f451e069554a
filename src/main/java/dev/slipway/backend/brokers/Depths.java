package dev.slipway.backend.brokers;

import dev.slipway.api.brokers.BrokerQueue;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How many messages each queue held at the last looks. A look that did not say so leaves a gap.
final class Depths {
    private static final int KEPT = 60;

    private final Map<String, List<@Nullable Long>> known = new HashMap<>();

    /// The queue with its depths up to now.
    BrokerQueue added(BrokerQueue queue) {
        List<@Nullable Long> depths = known.computeIfAbsent(queue.id(), _ -> new ArrayList<>());
        depths.add(depth(queue));
        if (depths.size() > KEPT) {
            depths.removeFirst();
        }
        return new BrokerQueue(
                queue.broker(),
                queue.vhost(),
                queue.name(),
                queue.type(),
                queue.state(),
                queue.ready(),
                queue.unacked(),
                queue.consumers(),
                queue.inPerSecond(),
                queue.outPerSecond(),
                queue.ackedPerSecond(),
                queue.oldest(),
                queue.deliveryLimit(),
                depths,
                queue.at());
    }

    private static @Nullable Long depth(BrokerQueue queue) {
        Long ready = queue.ready();
        Long unacked = queue.unacked();
        return ready == null || unacked == null ? null : Long.valueOf(ready + unacked);
    }

    /// Forgets all others.
    void keep(Set<String> ids) {
        known.keySet().retainAll(ids);
    }
}
