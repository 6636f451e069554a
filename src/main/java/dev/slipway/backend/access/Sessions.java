package dev.slipway.backend.access;

import dev.slipway.api.access.Role;
import dev.slipway.api.access.Session;
import dev.slipway.api.access.User;
import dev.slipway.backend.http.Authenticator;
import dev.slipway.backend.http.Caller;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/// Sessions, each opened by a random token of 256 bits. The database holds the tokens' hashes only:
/// whoever reads it can't log in with what stands there.
public final class Sessions implements Authenticator {
    static final Duration LENGTH = Duration.ofHours(12);
    private static final int TOKEN_BYTES = 32;

    private final StateStore store;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();

    public Sessions(StateStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    /// Opens a session, and forgets those that have expired.
    Session open(Handle handle, User user, boolean passwordDue) {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        String token = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = Instant.ofEpochMilli(clock.millis());
        Instant expires = now.plus(LENGTH);
        handle.execute("DELETE FROM session WHERE expires_at <= ?", now.toEpochMilli());
        handle.execute(
                "INSERT INTO session (token_hash, account, created_at, expires_at)"
                        + " VALUES (?, ?, ?, ?)",
                hash(token),
                user.name(),
                now.toEpochMilli(),
                expires.toEpochMilli());
        return new Session(token, user.name(), user.role(), expires, passwordDue);
    }

    @Override
    public Optional<Caller> caller(String token) {
        return bySession(hash(token));
    }

    /// Whether a caller's session still stands, and with which role.
    public Optional<Caller> bySession(String session) {
        return store.read(
                handle ->
                        handle.createQuery(
                                        """
                                        SELECT name, role, expires_at, password_due FROM session
                                        JOIN account ON account.name = session.account
                                        WHERE token_hash = :hash AND expires_at > :now
                                          AND disabled = 0""")
                                .bind("hash", session)
                                .bind("now", clock.millis())
                                .map(
                                        (row, _) ->
                                                new Caller(
                                                        row.getString("name"),
                                                        Role.valueOf(row.getString("role")),
                                                        session,
                                                        Instant.ofEpochMilli(
                                                                row.getLong("expires_at")),
                                                        row.getBoolean("password_due")))
                                .findOne());
    }

    void end(Handle handle, Caller caller) {
        handle.execute("DELETE FROM session WHERE token_hash = ?", caller.session());
    }

    /// Ends every session of a caller's but the one that asks.
    void endOthers(Handle handle, Caller caller) {
        handle.execute(
                "DELETE FROM session WHERE account = ? AND token_hash <> ?",
                caller.user(),
                caller.session());
    }

    void endAll(Handle handle, String user) {
        handle.execute("DELETE FROM session WHERE account = ?", user);
    }

    private static String hash(String token) {
        try {
            return HexFormat.of()
                    .formatHex(
                            MessageDigest.getInstance("SHA-256")
                                    .digest(token.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
