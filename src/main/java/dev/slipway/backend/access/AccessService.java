package dev.slipway.backend.access;

import dev.slipway.api.access.Credentials;
import dev.slipway.api.access.NewUser;
import dev.slipway.api.access.Role;
import dev.slipway.api.access.Session;
import dev.slipway.api.access.User;
import dev.slipway.backend.access.Passwords.Busy;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.store.OwnerOnly;
import dev.slipway.backend.store.StateStore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Logs users in and out and makes new ones.
public final class AccessService {
    /// Where the first start leaves the administrator's password, in the state folder.
    public static final String ADMIN_SECRET = "admin-secret";

    private static final String ADMIN = "admin";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,39}");
    private static final int LEAST_PASSWORD = 12;
    private static final int MOST_PASSWORD = 200;
    private static final int SECRET_BYTES = 24;

    private final StateStore store;
    private final Sessions sessions;
    private final Accounts accounts;
    private final Passwords passwords = new Passwords();
    private final LoginLimit limit;
    private final Path adminSecret;

    public AccessService(StateStore store, Sessions sessions, InstantSource clock, Path folder) {
        this.store = store;
        this.sessions = sessions;
        this.accounts = new Accounts(clock);
        this.limit = new LoginLimit(clock);
        this.adminSecret = folder.resolve(ADMIN_SECRET);
    }

    /// On the first start there is no user: makes `admin` with a random password and leaves that in
    /// a file that only its owner can read. The file goes with the first log-in.
    public void firstStart() throws IOException {
        if (!store.read(accounts::none)) {
            return;
        }
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        // the file first: an account whose password no one has could never be entered
        OwnerOnly.write(adminSecret, secret + "\n");
        String hash = passwords.hash(secret);
        store.writing(handle -> accounts.create(handle, ADMIN, Role.ADMIN, hash));
    }

    /// Opens a session for a user without a password, made if there is none: for the sandbox, whose
    /// console logs in by itself.
    public Session open(String name, Role role) {
        return store.write(
                handle -> {
                    accounts.create(handle, name, role, Accounts.NO_PASSWORD);
                    return sessions.open(handle, accounts.find(handle, name).orElseThrow());
                });
    }

    Session logIn(Credentials credentials, String address)
            throws InterruptedException, IOException {
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
        if (name.equals(ADMIN)) {
            Files.deleteIfExists(adminSecret);
        }
        return store.write(
                handle -> sessions.open(handle, accounts.find(handle, name).orElseThrow()));
    }

    private boolean fits(Credentials credentials, String hash) throws InterruptedException {
        try {
            return passwords.fits(credentials.password(), hash);
        } catch (Busy e) {
            throw new Refused(
                    429,
                    "too-many-log-ins",
                    "Too many log-ins at once. Try again in a moment.",
                    List.of(),
                    Map.of("Retry-After", "5"));
        }
    }

    List<User> users() {
        return store.read(accounts::all);
    }

    User create(NewUser wanted) {
        if (!NAME.matcher(wanted.name()).matches()) {
            throw Refused.badRequest(
                    "/name",
                    "A name has 1 to 40 small letters, digits, dots, dashes or underscores and"
                            + " begins with a letter.");
        }
        int length = wanted.password().length();
        if (length < LEAST_PASSWORD || length > MOST_PASSWORD) {
            throw Refused.badRequest(
                    "/password",
                    "A password has " + LEAST_PASSWORD + " to " + MOST_PASSWORD + " characters.");
        }
        String hash = passwords.hash(wanted.password());
        return store.write(
                handle -> {
                    if (!accounts.create(handle, wanted.name(), wanted.role(), hash)) {
                        throw Refused.conflict("There is a user '" + wanted.name() + "' already.");
                    }
                    return accounts.find(handle, wanted.name()).orElseThrow();
                });
    }
}
