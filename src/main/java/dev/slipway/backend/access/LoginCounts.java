package dev.slipway.backend.access;

import org.jdbi.v3.core.Handle;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;

/// The counts of log-ins in the state database. Each statement carries its guard, and all write in
/// the same order: by user and address, by address, by user.
final class LoginCounts {
    /// Guesses at a user from strange addresses, in a row without success, before the pauses begin.
    static final int FREE_GUESSES = 10;

    private static final long MINUTE = 60_000;
    private static final int NETWORK_BYTES = 8;
    private static final Duration GUESSES_KEPT = Duration.ofHours(1);
    private static final Duration KNOWN_KEPT = Duration.ofDays(30);

    private LoginCounts() {}

    /// The first 64 bits of an IPv6 address, which is what one place is given at least (RFC 6177);
    /// any other text as it is.
    static String network(String address) {
        try {
            return InetAddress.ofLiteral(address) instanceof Inet6Address six
                    ? HexFormat.of().formatHex(six.getAddress(), 0, NETWORK_BYTES)
                    : address;
        } catch (IllegalArgumentException e) {
            return address;
        }
    }

    /// Of one length, whatever was sent as a name.
    static String key(String... parts) {
        try {
            var sha256 = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
                sha256.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
                sha256.update(bytes);
            }
            return HexFormat.of().formatHex(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /// Servers' clocks may differ: the minute after this one is the same to the count, and is not
    /// turned back, or two servers in turn would begin anew each time.
    ///
    /// @return how many attempts there were within this minute, with this one
    static int count(Handle handle, String key, long minute) {
        return handle.createQuery(
                        """
                        INSERT INTO login_count (id, minute, attempts) VALUES (:id, :minute, 1)
                        ON CONFLICT (id) DO UPDATE SET
                          minute = CASE WHEN login_count.minute = :minute + 1
                                        THEN login_count.minute ELSE :minute END,
                          attempts = CASE WHEN login_count.minute IN (:minute, :minute + 1)
                                          THEN login_count.attempts + 1 ELSE 1 END
                        RETURNING attempts\
                        """)
                .bind("id", key)
                .bind("minute", minute)
                .mapTo(Integer.class)
                .one();
    }

    /// Whether the user has logged in from there before.
    static boolean known(Handle handle, String pair) {
        return handle.createQuery("SELECT count(*) FROM login_known WHERE id = :id")
                        .bind("id", pair)
                        .mapTo(Integer.class)
                        .one()
                > 0;
    }

    /// Counts a guess; the pause after it doubles from a second to a minute. One that comes within
    /// the pause is refused and makes it no longer: it is no guess.
    ///
    /// @return how long to wait, milliseconds; 0 if it may be looked at
    static long guess(Handle handle, String user, long now) {
        boolean counted =
                handle.createQuery(
                                """
                                INSERT INTO login_guess (id, made, next_at, made_at)
                                VALUES (:id, 1, :now, :now)
                                ON CONFLICT (id) DO UPDATE SET made_at = :now,
                                  made = CASE WHEN login_guess.made_at <= :forgotten THEN 1
                                              ELSE login_guess.made + 1 END,
                                  next_at = :now + CASE
                                    WHEN login_guess.made_at <= :forgotten THEN 0
                                    WHEN login_guess.made + 1 < :free THEN 0
                                    WHEN login_guess.made + 1 = :free THEN 1000
                                    WHEN login_guess.made = :free THEN 2000
                                    WHEN login_guess.made = :free + 1 THEN 4000
                                    WHEN login_guess.made = :free + 2 THEN 8000
                                    WHEN login_guess.made = :free + 3 THEN 16000
                                    WHEN login_guess.made = :free + 4 THEN 32000
                                    ELSE 60000 END
                                WHERE login_guess.next_at <= :now
                                RETURNING made\
                                """)
                        .bind("id", user)
                        .bind("now", now)
                        .bind("free", FREE_GUESSES)
                        .bind("forgotten", now - GUESSES_KEPT.toMillis())
                        .mapTo(Integer.class)
                        .findOne()
                        .isPresent();
        if (counted) {
            return 0;
        }
        return handle.createQuery("SELECT next_at FROM login_guess WHERE id = :id")
                .bind("id", user)
                .mapTo(Long.class)
                .findOne()
                .map(next -> Math.max(1, next - now))
                .orElse(1L);
    }

    static int succeeded(Handle handle, String pair, String place, String user, long now) {
        handle.createUpdate(
                        """
                        INSERT INTO login_known (id, at) VALUES (:id, :now)
                        ON CONFLICT (id) DO UPDATE SET at = :now\
                        """)
                .bind("id", pair)
                .bind("now", now)
                .execute();
        handle.execute("DELETE FROM login_count WHERE id = ?", pair);
        handle.execute(
                "UPDATE login_count SET attempts = attempts - 1 WHERE id = ? AND attempts > 0",
                place);
        return handle.execute("DELETE FROM login_guess WHERE id = ?", user);
    }

    /// Forgets what is over, and of guesses and places those that are more than can be remembered,
    /// the rarest and oldest first.
    static int sweep(Handle handle, long now, int most) {
        int gone =
                handle.execute("DELETE FROM login_count WHERE minute < ?", now / MINUTE - 1)
                        + handle.execute(
                                "DELETE FROM login_guess WHERE made_at <= ?",
                                now - GUESSES_KEPT.toMillis())
                        + handle.execute(
                                "DELETE FROM login_known WHERE at <= ?",
                                now - KNOWN_KEPT.toMillis());
        String beyond = " LIMIT " + Integer.MAX_VALUE + " OFFSET " + most + ")";
        return gone
                + handle.execute(
                        "DELETE FROM login_guess WHERE id IN (SELECT id FROM login_guess"
                                + " ORDER BY made DESC, made_at DESC, id"
                                + beyond)
                + handle.execute(
                        "DELETE FROM login_known WHERE id IN (SELECT id FROM login_known"
                                + " ORDER BY at DESC, id"
                                + beyond);
    }
}
