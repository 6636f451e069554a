package dev.slipway.api.launch;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// Where the traffic goes: three figures for one thing, side by side.
///
/// @param intended share of the new pool that people asked for, percent
/// @param reported what the router says it does, percent; null when the router does not answer
/// @param measured share of the requests that really went there, percent; null below 30 requests
/// @param measuredN requests that `measured` is taken from
/// @param held whether raising the share is refused until someone resumes
/// @param changedAt the epoch (1970) if nobody has changed anything yet
/// @param reason of the last change
/// @param router what splits the traffic, for a person
/// @param problem why the router does not follow, or null
public record Launch(
        int intended,
        @Nullable Integer reported,
        @Nullable Double measured,
        long measuredN,
        boolean held,
        String changedBy,
        Instant changedAt,
        String reason,
        String router,
        @Nullable String problem) {}
