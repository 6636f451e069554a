package dev.slipway.api.brokers;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// What a look at a queue found.
///
/// @param messages in the order of the queue, at most as many as were asked for
/// @param ready messages in the queue at that time; null if that is not known
public record LookedAt(
        String vhost, String queue, List<DeadMessage> messages, @Nullable Long ready, Instant at) {

    public LookedAt {
        messages = List.copyOf(messages);
    }
}
