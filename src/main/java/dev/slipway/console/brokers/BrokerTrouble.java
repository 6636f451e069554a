package dev.slipway.console.brokers;

import dev.slipway.api.brokers.BrokerQueue;

import java.util.Set;

/// What is wrong with a broker's queue, the worst first.
public enum BrokerTrouble {
    /// Its state is not one in which it works.
    DOWN,
    /// Messages wait and no one takes them.
    NO_CONSUMER,
    /// The broker can't be read: the figures are of an earlier time.
    STALE,
    /// The broker does not say what it holds.
    UNKNOWN,
    NONE;

    private static final Set<String> WORKING = Set.of("running", "idle", "flow", "");

    /// @param stale whether its broker can't be read now
    static BrokerTrouble of(BrokerQueue queue, boolean stale) {
        Long ready = queue.ready();
        Long consumers = queue.consumers();
        if (!WORKING.contains(queue.state())) {
            return DOWN;
        }
        if (ready != null && ready > 0 && consumers != null && consumers == 0) {
            return NO_CONSUMER;
        }
        if (stale) {
            return STALE;
        }
        return ready == null ? UNKNOWN : NONE;
    }
}
