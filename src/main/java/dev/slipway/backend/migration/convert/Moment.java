package dev.slipway.backend.migration.convert;

/// The numbers of a date and time as they were written, not yet held against a calendar.
///
/// @param nanos of the second
/// @param offset from UTC as it was written, for example `Z`; empty if none was
record Moment(
        int year, int month, int day, int hour, int minute, int second, int nanos, String offset) {}
