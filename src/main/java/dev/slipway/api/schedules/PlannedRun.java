package dev.slipway.api.schedules;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;

/// A run to come.
///
/// @param offset of the zone from UTC at that time, for example `+02:00`
/// @param note what is not as usual: a change of the clocks moves it, or its date has run already
/// @param state of the date's run if there is one already: it is not run again
public record PlannedRun(
        LocalDate businessDate,
        Instant at,
        String offset,
        @Nullable String note,
        @Nullable ScheduleRunState state) {}
