package dev.slipway.backend.access;

import dev.slipway.api.access.Role;
import dev.slipway.api.access.User;

import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// The table of users.
final class Accounts {
    /// The hash of an account that no password opens.
    static final String NO_PASSWORD = "";

    private final InstantSource clock;

    Accounts(InstantSource clock) {
        this.clock = clock;
    }

    /// @return false if there is one of that name already
    boolean create(Handle handle, String name, Role role, String passwordHash) {
        return handle.createUpdate(
                                """
                                INSERT INTO account (name, role, password_hash, created_at)
                                VALUES (:name, :role, :hash, :at) ON CONFLICT DO NOTHING""")
                        .bind("name", name)
                        .bind("role", role.name())
                        .bind("hash", passwordHash)
                        .bind("at", clock.millis())
                        .execute()
                == 1;
    }

    Optional<User> find(Handle handle, String name) {
        return handle.createQuery("SELECT * FROM account WHERE name = :name")
                .bind("name", name)
                .map((row, _) -> user(row))
                .findOne();
    }

    List<User> all(Handle handle) {
        return handle.createQuery("SELECT * FROM account ORDER BY name")
                .map((row, _) -> user(row))
                .list();
    }

    boolean none(Handle handle) {
        return all(handle).isEmpty();
    }

    /// The hash of a user's password; empty if there is no such user, it is disabled, or has none.
    String passwordHash(Handle handle, String name) {
        return handle.createQuery(
                        "SELECT password_hash FROM account WHERE name = :name AND disabled = 0")
                .bind("name", name)
                .mapTo(String.class)
                .findOne()
                .orElse(NO_PASSWORD);
    }

    void disabled(Handle handle, String name, boolean disabled) {
        handle.execute("UPDATE account SET disabled = ? WHERE name = ?", disabled ? 1 : 0, name);
    }

    /// Sets a password of the user's own choice.
    void password(Handle handle, String name, String hash) {
        handle.execute(
                "UPDATE account SET password_hash = ?, password_due = 0 WHERE name = ?",
                hash,
                name);
    }

    /// Has a user's password be changed before anything else.
    void due(Handle handle, String name) {
        handle.execute("UPDATE account SET password_due = 1 WHERE name = ?", name);
    }

    boolean isDue(Handle handle, String name) {
        return handle.createQuery("SELECT password_due FROM account WHERE name = :name")
                .bind("name", name)
                .mapTo(Boolean.class)
                .findOne()
                .orElse(false);
    }

    private static User user(ResultSet row) throws SQLException {
        return new User(
                row.getString("name"),
                Role.valueOf(row.getString("role")),
                Instant.ofEpochMilli(row.getLong("created_at")),
                row.getBoolean("disabled"));
    }
}
