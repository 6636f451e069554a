package dev.slipway.api.brokers;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// A broker of the shop, as its management interface answered last.
///
/// @param name as the configuration calls it
/// @param product for example `RabbitMQ 3.10.8`; empty if it did not say
/// @param since when this state began
/// @param problem what was wrong with its last answer, for a person; empty if nothing
/// @param queues how many it has; null if it did not say
/// @param shown of how many there are figures here; the others are beyond the limit
/// @param asOf when it answered last; null if it never did
public record Broker(
        String name,
        String product,
        BrokerState state,
        Instant since,
        String problem,
        BrokerAccess access,
        @Nullable Long queues,
        int shown,
        @Nullable Instant asOf) {}
