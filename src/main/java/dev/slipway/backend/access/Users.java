package dev.slipway.backend.access;

import dev.slipway.api.access.NewPassword;
import dev.slipway.api.access.NewUser;
import dev.slipway.api.access.Role;
import dev.slipway.api.access.Session;
import dev.slipway.api.access.User;
import dev.slipway.backend.access.Passwords.Busy;
import dev.slipway.backend.http.Caller;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.util.List;
import java.util.regex.Pattern;

/// Makes users, lets them in or not, and changes their passwords.
public final class Users {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9._-]{0,39}");
    private static final int LEAST_PASSWORD = 12;
    private static final int MOST_PASSWORD = 200;

    private final StateStore store;
    private final Accounts accounts;
    private final Sessions sessions;
    private final Passwords passwords;
    private final LoginLimit limit;

    Users(
            StateStore store,
            Accounts accounts,
            Sessions sessions,
            Passwords passwords,
            LoginLimit limit) {
        this.store = store;
        this.accounts = accounts;
        this.sessions = sessions;
        this.passwords = passwords;
        this.limit = limit;
    }

    List<User> all() {
        return store.read(accounts::all);
    }

    Effect<User> create(NewUser wanted) {
        if (!NAME.matcher(wanted.name()).matches()) {
            throw Refused.badRequest(
                    "/name",
                    "A name has 1 to 40 small letters, digits, dots, dashes or underscores and"
                            + " begins with a letter.");
        }
        checkLength("/password", wanted.password());
        String hash = passwords.hash(wanted.password());
        return Effect.of(
                handle -> {
                    if (!accounts.create(handle, wanted.name(), wanted.role(), hash)) {
                        throw Refused.conflict("There is a user '" + wanted.name() + "' already.");
                    }
                    return user(handle, wanted.name());
                });
    }

    /// Lets a user no longer in and ends all their sessions.
    ///
    /// @throws Refused 404, or 409 if it is oneself or no administrator would be left
    Effect<User> disable(String name, String by) {
        if (name.equals(by)) {
            throw Refused.conflict("No one can disable themselves; nothing was changed.");
        }
        return Effect.of(
                handle -> {
                    user(handle, name);
                    accounts.disabled(handle, name, true);
                    if (accounts.all(handle).stream().noneMatch(Users::administers)) {
                        throw Refused.conflict(
                                "'" + name + "' is the last administrator; nothing was changed.");
                    }
                    sessions.endAll(handle, name);
                    return user(handle, name);
                });
    }

    /// Lets a user in again, with the password they had.
    Effect<User> enable(String name) {
        return Effect.of(
                handle -> {
                    user(handle, name);
                    accounts.disabled(handle, name, false);
                    return user(handle, name);
                });
    }

    /// Changes one's own password; all other sessions of theirs end.
    ///
    /// @throws Refused 400 if the current one is wrong or the new one is not good enough, 429
    Effect<Session> change(Caller caller, NewPassword wish, String address)
            throws InterruptedException {
        limit.attempt(caller.user(), address);
        String hash = store.read(handle -> accounts.passwordHash(handle, caller.user()));
        if (wish.current().length() > MOST_PASSWORD || !fits(wish.current(), hash)) {
            throw Refused.badRequest("/current", "This is not the current password.");
        }
        limit.succeeded(caller.user(), address);
        checkLength("/wanted", wish.wanted());
        if (wish.wanted().equals(wish.current())) {
            throw Refused.badRequest("/wanted", "This is the password that is to be changed.");
        }
        String wanted = passwords.hash(wish.wanted());
        return Effect.of(
                handle -> {
                    accounts.password(handle, caller.user(), wanted);
                    sessions.endOthers(handle, caller);
                    return new Session(
                            null, caller.user(), caller.role(), caller.expiresAt(), false);
                });
    }

    private boolean fits(String password, String hash) throws InterruptedException {
        try {
            return passwords.fits(password, hash);
        } catch (Busy e) {
            throw e.refused();
        }
    }

    private User user(Handle handle, String name) {
        return accounts.find(handle, name).orElseThrow(() -> Refused.notFound("user", name));
    }

    private static boolean administers(User user) {
        return user.role() == Role.ADMIN && !user.disabled();
    }

    private static void checkLength(String field, String password) {
        if (password.length() < LEAST_PASSWORD || password.length() > MOST_PASSWORD) {
            throw Refused.badRequest(
                    field,
                    "A password has " + LEAST_PASSWORD + " to " + MOST_PASSWORD + " characters.");
        }
    }
}
