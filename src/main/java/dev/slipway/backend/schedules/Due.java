package dev.slipway.backend.schedules;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;

/// One time at which a schedule is due.
///
/// @param offset of the zone at that time
/// @param note how a change of the clocks moved it, or null
record Due(LocalDate businessDate, Instant at, String offset, @Nullable String note) {}
