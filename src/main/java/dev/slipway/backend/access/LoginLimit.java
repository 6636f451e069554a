package dev.slipway.backend.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.slipway.backend.http.Refused;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Counts failed log-ins per minute: for a user from one address, for a user from anywhere, and for
/// an address. What it remembers is bounded; the rarest are forgotten first.
final class LoginLimit {
    private static final int PER_USER_AND_ADDRESS = 5;
    private static final int PER_USER = 20;
    private static final int PER_ADDRESS = 30;
    private static final int REMEMBERED = 10_000;
    private static final long MINUTE = 60_000;

    private final InstantSource clock;
    private final Cache<List<String>, Count> counts =
            Caffeine.newBuilder()
                    .maximumSize(REMEMBERED)
                    .expireAfterWrite(Duration.ofMinutes(2))
                    .build();

    LoginLimit(InstantSource clock) {
        this.clock = clock;
    }

    private record Count(long minute, int attempts) {}

    /// Counts an attempt before it is looked at, so that a burst at once counts whole.
    ///
    /// @throws Refused 429 with `Retry-After`
    void attempt(String user, String address) {
        long now = clock.millis();
        boolean over =
                count(pair(user, address), now) > PER_USER_AND_ADDRESS
                        | count(List.of("user", user), now) > PER_USER
                        | count(List.of("address", address), now) > PER_ADDRESS;
        if (over) {
            long seconds = (MINUTE - now % MINUTE + 999) / 1000;
            throw new Refused(
                    429,
                    "too-many-log-ins",
                    "Too many log-ins failed. Try again in " + seconds + " seconds.",
                    List.of(),
                    Map.of("Retry-After", Long.toString(seconds)));
        }
    }

    /// Forgets the attempts that led to a log-in.
    void succeeded(String user, String address) {
        counts.invalidate(pair(user, address));
        counts.invalidate(List.of("user", user));
        counts.asMap()
                .computeIfPresent(
                        List.of("address", address),
                        (_, c) -> new Count(c.minute(), Math.max(0, c.attempts() - 1)));
    }

    private int count(List<String> key, long now) {
        long minute = now / MINUTE;
        Count count =
                counts.asMap()
                        .merge(
                                key,
                                new Count(minute, 1),
                                (old, one) ->
                                        old.minute() == minute
                                                ? new Count(minute, old.attempts() + 1)
                                                : one);
        return count.attempts();
    }

    private static List<String> pair(String user, String address) {
        return List.of("pair", user, address);
    }
}
