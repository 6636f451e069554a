package dev.slipway.api.launch;

/// The body of `PUT /api/v1/launch/weight`.
///
/// @param newPercent share of visitors for the new pool, 0 to 100
/// @param expected the intended share that the asker saw; refused with 409 if it is no longer that
public record SetWeight(int newPercent, int expected, String reason) {}
