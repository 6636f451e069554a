package dev.slipway.backend.metrics;

import dev.slipway.api.metrics.Pool;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.Request;

import org.jspecify.annotations.Nullable;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/// Which intervals someone wants to see.
///
/// @param after only intervals that began later
/// @param pool null for both
/// @param route `*` for all routes of a pool together
/// @param every the length to merge them to, or null for the intervals as they were measured
/// @param limit at most so many, or one more so that the pools of one moment stay together
record IntervalQuery(
        Instant after, @Nullable Pool pool, String route, @Nullable Duration every, int limit) {
    private static final int MOST = 5_000;
    private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");

    static IntervalQuery of(Request request) {
        return new IntervalQuery(
                request.query("after").map(IntervalQuery::instant).orElse(Instant.EPOCH),
                request.query("pool").map(IntervalQuery::pool).orElse(null),
                request.query("route").orElse(Sample.ALL),
                request.query("every").map(IntervalQuery::every).orElse(null),
                request.query("limit", 1_000, 1, MOST));
    }

    /// Where the first bucket that is wanted begins: the one that `after` lies in began before.
    Instant firstBucket(Duration length) {
        return Buckets.floor(after, length).plus(length);
    }

    private static Instant instant(String text) {
        return read("after", "A moment like 2026-11-22T03:00:00Z.", () -> Instant.parse(text))
                .filter(at -> !at.isBefore(Instant.EPOCH) && at.isBefore(FAR))
                .orElseThrow(() -> Refused.badRequest("after", "A moment after 1970."));
    }

    private static Duration every(String text) {
        String expected = "A length like PT10S or PT5M: whole tens of seconds, at most PT24H.";
        return read("every", expected, () -> Duration.parse(text))
                .filter(Buckets::canMergeTo)
                .orElseThrow(() -> Refused.badRequest("every", expected));
    }

    private static Pool pool(String name) {
        return Arrays.stream(Pool.values())
                .filter(pool -> pool.name().equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> Refused.badRequest("pool", "LEGACY or NEW."));
    }

    private static <T> Optional<T> read(String field, String expected, Supplier<T> parse) {
        try {
            return Optional.of(parse.get());
        } catch (DateTimeException | ArithmeticException e) {
            throw Refused.badRequest(field, expected);
        }
    }
}
