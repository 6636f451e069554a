package dev.slipway.api.schedules;

/// The body of `PUT /api/v1/schedules/{name}`.
///
/// @param expected the version that the change was made from; refused if another came between
public record ChangeSchedule(ScheduleSpec spec, long expected, String reason) {}
