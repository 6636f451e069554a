package dev.slipway.api.schedules;

import java.time.Instant;

/// How a schedule stood after one change.
///
/// @param removed whether the change removed it; `spec` is then what it was
/// @param change what differs from the version before, for a person
public record ScheduleVersion(
        String schedule,
        long version,
        ScheduleSpec spec,
        boolean removed,
        String change,
        String by,
        Instant at,
        String reason) {}
