package dev.slipway.api.brokers;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// A message that was looked at and lies in its queue again.
///
/// @param fingerprint names it among those of its queue by what it holds; copies have the same
/// @param exchange to which it was published last; empty for the default exchange
/// @param redelivered whether it had been delivered before this look
/// @param bytes length of its payload
/// @param form `json`, `text`, or `hex` for what is neither
/// @param preview the payload's beginning, in that form
/// @param cut whether the preview is not all of it
/// @param deaths the latest first; empty if it has no readable `x-death`
/// @param origin the latest death; null if there is none: it can't be moved back
public record DeadMessage(
        String fingerprint,
        String exchange,
        String routingKey,
        boolean redelivered,
        long bytes,
        String form,
        String preview,
        boolean cut,
        List<Header> headers,
        List<Header> properties,
        List<Death> deaths,
        @Nullable Death origin) {

    public DeadMessage {
        headers = List.copyOf(headers);
        properties = List.copyOf(properties);
        deaths = List.copyOf(deaths);
    }
}
