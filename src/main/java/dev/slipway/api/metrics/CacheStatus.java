package dev.slipway.api.metrics;

import org.jspecify.annotations.Nullable;

import java.time.Instant;

/// How the cache of one process of the shop does. Null is what is not known; it is never 0.
///
/// @param shop the process, by its URL
/// @param reachable whether the process answered; if not, all else is as it was
/// @param where `process` for a cache of its own, `redis` for a shared one; empty if not known
/// @param hitRatio share of the questions of the last minute that the cache answered, 0 to 1; null
///   if there were none
/// @param asked questions of the last minute; null if it is not known yet
/// @param loads answers that the database gave in the last minute
/// @param entries kept now; of a Redis, all keys of its database
/// @param bytes that they take; of a Redis, all that it uses
/// @param maxBytes its limit; null also if it has none
/// @param evictions that had to go before their time, since the cache's start
/// @param awaySince since when Redis is away and the database answers; null if it is there
/// @param problem what is wrong, for a person; empty if nothing is
/// @param asOf when the process said so; null if it never did
public record CacheStatus(
        String shop,
        boolean reachable,
        String where,
        @Nullable Double hitRatio,
        @Nullable Long asked,
        @Nullable Long loads,
        @Nullable Long entries,
        @Nullable Long bytes,
        @Nullable Long maxBytes,
        @Nullable Long evictions,
        @Nullable Instant awaySince,
        String problem,
        @Nullable Instant asOf) {}
