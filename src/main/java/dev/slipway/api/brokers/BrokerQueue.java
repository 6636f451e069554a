package dev.slipway.api.brokers;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// A queue of a broker. Null is what the broker did not say, or said in a way that can't be read:
/// it is unknown, and never 0.
///
/// @param type `classic`, `quorum`, `stream`; empty if it is not known
/// @param state `running`, `idle`, `down`, …; empty if it is not known
/// @param ready messages that wait
/// @param unacked messages that consumers have and did not confirm yet
/// @param inPerSecond published to it
/// @param outPerSecond delivered from it
/// @param ackedPerSecond confirmed by consumers
/// @param oldest what the message at its head says of its age, which its publisher set; null if
///   that is not known
/// @param deliveryLimit how often a message may be delivered before the queue gives it up; looking
///   at it counts. Null if there is none
/// @param depths ready and unacked messages at the last looks, the oldest first
/// @param at when the broker said so first; it says so still at its broker's own time
public record BrokerQueue(
        String broker,
        String vhost,
        String name,
        String type,
        String state,
        @Nullable Long ready,
        @Nullable Long unacked,
        @Nullable Long consumers,
        @Nullable Double inPerSecond,
        @Nullable Double outPerSecond,
        @Nullable Double ackedPerSecond,
        @Nullable Instant oldest,
        @Nullable Integer deliveryLimit,
        List<@Nullable Long> depths,
        Instant at) {

    public BrokerQueue {
        // List.copyOf takes no null
        depths = Collections.unmodifiableList(new ArrayList<>(depths));
    }

    /// The same, said at another time.
    public BrokerQueue asOf(Instant time) {
        return new BrokerQueue(
                broker,
                vhost,
                name,
                type,
                state,
                ready,
                unacked,
                consumers,
                inPerSecond,
                outPerSecond,
                ackedPerSecond,
                oldest,
                deliveryLimit,
                depths,
                time);
    }

    /// Names it among all queues of all brokers.
    public String id() {
        return broker + "\n" + vhost + "\n" + name;
    }
}
