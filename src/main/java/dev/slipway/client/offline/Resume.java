package dev.slipway.client.offline;

/// Where in the live stream the store stands.
///
/// @param epoch of the event log; in another one the event's id means nothing
/// @param eventId the last event whose change is kept
public record Resume(String epoch, String eventId) {}
