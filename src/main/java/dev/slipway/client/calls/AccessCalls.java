package dev.slipway.client.calls;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.Reason;
import dev.slipway.api.access.AuditEntry;
import dev.slipway.api.access.NewPassword;
import dev.slipway.api.access.NewUser;
import dev.slipway.api.access.Session;
import dev.slipway.api.access.User;
import dev.slipway.client.http.Calls;
import dev.slipway.client.http.ProblemException;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// The users of a backend, and what was done by whom.
public final class AccessCalls {
    private final Calls calls;

    public AccessCalls(Calls calls) {
        this.calls = calls;
    }

    public List<User> users() throws ProblemException {
        return calls.list(calls.url(Paths.USERS), User.class);
    }

    public User add(NewUser user) throws ProblemException {
        return calls.command("POST", Paths.USERS, user, User.class);
    }

    /// Lets a user no longer in; their sessions end.
    public User disable(String name, String reason) throws ProblemException {
        return calls.command("POST", Paths.USER_DISABLE, new Reason(reason), User.class, name);
    }

    public User enable(String name, String reason) throws ProblemException {
        return calls.command("POST", Paths.USER_ENABLE, new Reason(reason), User.class, name);
    }

    /// Changes the own password; this session goes on, all others of the user end.
    public Session changePassword(NewPassword passwords) throws ProblemException {
        return calls.command("PUT", Paths.PASSWORD, passwords, Session.class);
    }

    public Page<AuditEntry> audit(@Nullable String cursor) throws ProblemException {
        return calls.page(calls.url(Paths.AUDIT), cursor, AuditEntry.class);
    }
}
