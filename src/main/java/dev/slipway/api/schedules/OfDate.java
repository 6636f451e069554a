package dev.slipway.api.schedules;

import java.time.LocalDate;

/// Names the run that something is done to.
///
/// @param reason goes into the audit log and beside the run; may be empty
public record OfDate(LocalDate businessDate, String reason) {}
