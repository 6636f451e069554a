package dev.slipway.api.schedules;

/// The body of `POST /api/v1/schedules`.
///
/// @param name small letters, digits and hyphens, at most 64
/// @param reason goes into the audit log; may be empty
public record AddSchedule(String name, ScheduleSpec spec, String reason) {}
