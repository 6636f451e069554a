package dev.slipway.backend.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.slipway.backend.http.Refused;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// Limits how often passwords can be guessed: per minute for a user from one address and for an
/// address, and by an ever longer pause for a user from anywhere. The pause does not hold where the
/// user has logged in before, so a stranger can't keep anyone out of their own place. What it
/// remembers is bounded; the rarest are forgotten first.
final class LoginLimit {
    /// Guesses at a user from strange addresses before the pauses begin.
    static final int FREE_GUESSES = 10;

    private static final int PER_USER_AND_ADDRESS = 5;
    private static final int PER_ADDRESS = 30;
    private static final int REMEMBERED = 10_000;
    private static final long MINUTE = 60_000;
    private static final long SECOND = 1_000;
    private static final int LONGEST_PAUSE_BITS = 6;
    private static final Duration GUESSES_KEPT = Duration.ofHours(1);
    private static final Duration KNOWN_KEPT = Duration.ofDays(30);

    private final InstantSource clock;
    private final Cache<List<String>, Count> counts = cache(Duration.ofMinutes(2));
    private final Cache<String, Guesses> guesses = cache(GUESSES_KEPT);
    private final Cache<List<String>, Boolean> known = cache(KNOWN_KEPT);

    LoginLimit(InstantSource clock) {
        this.clock = clock;
    }

    private record Count(long minute, int attempts) {}

    /// Attempts at a user from strange addresses, in a row without success.
    ///
    /// @param next when another one is looked at, milliseconds
    private record Guesses(int made, long next) {
        static final Guesses NONE = new Guesses(0, 0);

        Guesses more(long now) {
            int over = made + 1 - FREE_GUESSES;
            long pause = over < 0 ? 0 : SECOND << Math.min(over, LONGEST_PAUSE_BITS);
            return new Guesses(made + 1, now + Math.min(pause, MINUTE));
        }
    }

    /// Counts an attempt before it is looked at, so that a burst at once counts whole.
    ///
    /// @throws Refused 429 with `Retry-After`
    void attempt(String user, String address) {
        long now = clock.millis();
        boolean over =
                count(pair(user, address), now) > PER_USER_AND_ADDRESS
                        | count(List.of(address), now) > PER_ADDRESS;
        if (over) {
            throw refused(MINUTE - now % MINUTE);
        }
        if (known.getIfPresent(pair(user, address)) == null) {
            guess(user, now);
        }
    }

    /// Forgets the attempts that led to a log-in.
    void succeeded(String user, String address) {
        known.put(pair(user, address), true);
        counts.invalidate(pair(user, address));
        guesses.invalidate(user);
        counts.asMap()
                .computeIfPresent(
                        List.of(address),
                        (_, c) -> new Count(c.minute(), Math.max(0, c.attempts() - 1)));
    }

    /// One that comes within the pause is refused and makes it no longer: it is no guess.
    private void guess(String user, long now) {
        guesses.asMap()
                .compute(
                        user,
                        (_, before) -> {
                            Guesses made = before == null ? Guesses.NONE : before;
                            if (now < made.next()) {
                                throw refused(made.next() - now);
                            }
                            return made.more(now);
                        });
    }

    private int count(List<String> key, long now) {
        long minute = now / MINUTE;
        return counts.asMap()
                .merge(
                        key,
                        new Count(minute, 1),
                        (old, one) ->
                                old.minute() == minute
                                        ? new Count(minute, old.attempts() + 1)
                                        : one)
                .attempts();
    }

    private static Refused refused(long millis) {
        long seconds = (millis + SECOND - 1) / SECOND;
        return new Refused(
                429,
                "too-many-log-ins",
                "Too many log-ins failed. Try again in " + seconds + " seconds.",
                List.of(),
                Map.of("Retry-After", Long.toString(seconds)));
    }

    private static List<String> pair(String user, String address) {
        return List.of(user, address);
    }

    private static <K, V> Cache<K, V> cache(Duration kept) {
        return Caffeine.newBuilder().maximumSize(REMEMBERED).expireAfterWrite(kept).build();
    }
}
