package dev.slipway.api.schedules;

/// Makes a schedule what it was, as a new version; also one that was removed.
///
/// @param version what it is to be again
/// @param expected the version that stands now
public record RestoreSchedule(long version, long expected, String reason) {}
