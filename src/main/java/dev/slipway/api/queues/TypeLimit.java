package dev.slipway.api.queues;

import org.jspecify.annotations.Nullable;

/// The body of `PUT /api/v1/job-types/{type}/limit`.
///
/// @param most how many jobs of the type may run at once, from 1; null takes the limit away
/// @param reason goes into the audit log; may be empty
public record TypeLimit(@Nullable Integer most, String reason) {}
