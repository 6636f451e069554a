package dev.slipway.backend.brokers;

import dev.slipway.api.brokers.Death;
import dev.slipway.api.brokers.MoveVia;

import org.jspecify.annotations.Nullable;

/// Where a dead-lettered message is sent to.
///
/// @param exchange empty for the default exchange, whose routing key is a queue's name
record Destination(String exchange, String routingKey) {

    /// @return null if the message does not say where it came from
    static @Nullable Destination of(@Nullable Death death, MoveVia via) {
        if (death == null) {
            return null;
        }
        return switch (via) {
            case QUEUE -> new Destination("", death.queue());
            // a message that was published with several keys had the others as CC, which it keeps
            case EXCHANGE ->
                    new Destination(
                            death.exchange(),
                            death.routingKeys().isEmpty() ? "" : death.routingKeys().getFirst());
        };
    }

    /// For a person.
    String told() {
        return exchange.isEmpty()
                ? "queue " + routingKey
                : "exchange " + exchange + ", key '" + routingKey + "'";
    }
}
