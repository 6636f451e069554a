package dev.slipway.api.brokers;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// One entry of a message's `x-death`: why it left a queue.
///
/// @param queue which it left
/// @param exchange to which it had been published; empty for the default exchange
/// @param routingKeys with which
/// @param reason `rejected`, `expired`, `maxlen`, `delivery_limit`
/// @param count how often it died so there; null if that is not known
/// @param at when for the first time; null if that is not known
public record Death(
        String queue,
        String exchange,
        List<String> routingKeys,
        String reason,
        @Nullable Long count,
        @Nullable Instant at) {

    public Death {
        routingKeys = List.copyOf(routingKeys);
    }
}
