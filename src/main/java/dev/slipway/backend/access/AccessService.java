package dev.slipway.backend.access;

import dev.slipway.api.access.Credentials;
import dev.slipway.api.access.NewPassword;
import dev.slipway.api.access.Role;
import dev.slipway.api.access.Session;
import dev.slipway.backend.access.Passwords.Busy;
import dev.slipway.backend.http.Caller;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.store.OwnerOnly;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// Logs users in, the very first one too.
public final class AccessService {
    /// Where the first start leaves the administrator's password, in the state folder.
    public static final String ADMIN_SECRET = "admin-secret";

    private static final String ADMIN = "admin";
    private static final int MOST_PASSWORD = 200;
    private static final int SECRET_BYTES = 24;

    private final StateStore store;
    private final Sessions sessions;
    private final Accounts accounts;
    private final Passwords passwords = new Passwords();
    private final LoginLimit limit;
    private final Users users;
    private final Path adminSecret;

    public AccessService(StateStore store, Sessions sessions, InstantSource clock, Path folder) {
        this.store = store;
        this.sessions = sessions;
        this.accounts = new Accounts(clock);
        this.limit = new LoginLimit(store, clock);
        this.users = new Users(store, accounts, sessions, passwords, limit);
        this.adminSecret = folder.resolve(ADMIN_SECRET);
    }

    Users users() {
        return users;
    }

    /// On the first start there is no user: makes `admin` with a random password and leaves that in
    /// a file that only its owner can read. It opens nothing but its own change, and the file goes
    /// with that.
    public void firstStart() throws IOException {
        if (!store.read(accounts::none)) {
            if (!store.read(handle -> accounts.isDue(handle, ADMIN))) {
                Files.deleteIfExists(adminSecret);
            }
            return;
        }
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        String hash = passwords.hash(secret);
        store.<IOException>writing(
                handle -> {
                    // of servers that start together one makes it
                    if (accounts.create(handle, ADMIN, Role.ADMIN, hash)) {
                        accounts.due(handle, ADMIN);
                        // before the commit: an account whose password no one has could never be
                        // entered
                        OwnerOnly.write(adminSecret, secret + "\n");
                    }
                });
    }

    /// Opens a session for a user without a password, made if there is none: for the sandbox, whose
    /// console logs in by itself.
    public Session open(String name, Role role) {
        return store.write(
                handle -> {
                    accounts.create(handle, name, role, Accounts.NO_PASSWORD);
                    return open(handle, name);
                });
    }

    Session logIn(Credentials credentials, String address) throws InterruptedException {
        String name = credentials.user();
        limit.attempt(name, address);
        String hash = store.read(handle -> accounts.passwordHash(handle, name));
        if (credentials.password().length() > MOST_PASSWORD || !fits(credentials, hash)) {
            throw new Refused(
                    401,
                    "wrong-credentials",
                    "User and password don't fit.",
                    List.of(),
                    Map.of("WWW-Authenticate", "Bearer"));
        }
        limit.succeeded(name, address);
        return store.write(handle -> open(handle, name));
    }

    /// Changes one's own password. The first administrator's was in a file, which goes.
    Effect<Session> change(Caller caller, NewPassword wish, String address)
            throws InterruptedException {
        Effect<Session> change = users.change(caller, wish, address);
        return caller.user().equals(ADMIN)
                ? change.then(
                        () -> {
                            Files.deleteIfExists(adminSecret);
                            return new Session(
                                    null, ADMIN, caller.role(), caller.expiresAt(), false);
                        })
                : change;
    }

    private Session open(Handle handle, String name) {
        return sessions.open(
                handle, accounts.find(handle, name).orElseThrow(), accounts.isDue(handle, name));
    }

    private boolean fits(Credentials credentials, String hash) throws InterruptedException {
        try {
            return passwords.fits(credentials.password(), hash);
        } catch (Busy e) {
            throw e.refused();
        }
    }
}
