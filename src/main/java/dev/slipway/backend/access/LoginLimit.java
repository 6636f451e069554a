package dev.slipway.backend.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;

import dev.slipway.backend.http.Refused;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/// Limits how often passwords can be guessed: per minute for a user from one address and for an
/// address, and by an ever longer pause for a user from anywhere. The pause does not hold where the
/// user has logged in before, so a stranger can't keep anyone out of their own place.
///
/// It counts in the state database: who asks several servers in turn gains nothing. Of an IPv6
/// address its network counts: whoever has one address of a network has them all.
final class LoginLimit {
    private static final int PER_USER_AND_ADDRESS = 5;
    private static final int PER_ADDRESS = 30;
    private static final int REMEMBERED = 10_000;
    private static final long MINUTE = 60_000;
    private static final long SECOND = 1_000;

    private final StateStore store;
    private final InstantSource clock;
    private final AtomicLong swept = new AtomicLong();

    /// Who is over the limit for the rest of a minute: a flood is not written to the database.
    private final Cache<String, Long> over =
            Caffeine.newBuilder()
                    .maximumSize(REMEMBERED)
                    .expireAfterWrite(Duration.ofMinutes(2))
                    .build();

    LoginLimit(StateStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// Counts an attempt before it is looked at, so that a burst at once counts whole.
    ///
    /// @throws Refused 429 with `Retry-After`
    void attempt(String user, String from) {
        String address = LoginCounts.network(from);
        long now = clock.millis();
        long minute = now / MINUTE;
        String pair = LoginCounts.key(user, address);
        String place = LoginCounts.key(address);
        if (isOver(pair, minute) || isOver(place, minute)) {
            throw refused(MINUTE - now % MINUTE);
        }
        sweepOnceAMinute(minute, now);
        long wait = store.alongside(handle -> counted(handle, user, pair, place, now));
        if (wait > 0) {
            throw refused(wait);
        }
    }

    private boolean isOver(String key, long minute) {
        Long since = over.getIfPresent(key);
        return since != null && since == minute;
    }

    /// @return how long to wait, milliseconds; 0 for one that may be looked at
    private long counted(Handle handle, String user, String pair, String place, long now) {
        long minute = now / MINUTE;
        // both are counted, whichever is over
        boolean pairOver = LoginCounts.count(handle, pair, minute) > PER_USER_AND_ADDRESS;
        boolean placeOver = LoginCounts.count(handle, place, minute) > PER_ADDRESS;
        if (pairOver || placeOver) {
            over.put(pairOver ? pair : place, minute);
            return MINUTE - now % MINUTE;
        }
        return LoginCounts.known(handle, pair)
                ? 0
                : LoginCounts.guess(handle, LoginCounts.key(user), now);
    }

    /// Forgets the attempts that led to a log-in.
    void succeeded(String user, String from) {
        String address = LoginCounts.network(from);
        String pair = LoginCounts.key(user, address);
        store.alongside(
                handle ->
                        LoginCounts.succeeded(
                                handle,
                                pair,
                                LoginCounts.key(address),
                                LoginCounts.key(user),
                                clock.millis()));
        over.invalidate(pair);
    }

    private void sweepOnceAMinute(long minute, long now) {
        if (swept.getAndSet(minute) != minute) {
            store.alongside(handle -> LoginCounts.sweep(handle, now, REMEMBERED));
        }
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
}
