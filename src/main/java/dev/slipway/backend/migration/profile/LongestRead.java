package dev.slipway.backend.migration.profile;

import java.time.Duration;

/// The read of a source that took longest.
///
/// @param what was read, for a person
public record LongestRead(String what, Duration took) {}
