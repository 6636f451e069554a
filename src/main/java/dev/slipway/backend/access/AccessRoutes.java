package dev.slipway.backend.access;

import dev.slipway.api.Command;
import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.Reason;
import dev.slipway.api.access.AuditEntry;
import dev.slipway.api.access.Credentials;
import dev.slipway.api.access.NewPassword;
import dev.slipway.api.access.NewUser;
import dev.slipway.api.access.Role;
import dev.slipway.api.access.Session;
import dev.slipway.api.access.User;
import dev.slipway.backend.http.Answer;
import dev.slipway.backend.http.Commands;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.Request;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;

import java.util.List;
import java.util.Map;
import java.util.Set;

/// Log in and out, users, the audit log, and what became of a write.
public final class AccessRoutes implements Routes {
    private static final Set<Role> ADMIN = Set.of(Role.ADMIN);
    private static final int MOST_ENTRIES = 500;

    private final AccessService access;
    private final Sessions sessions;
    private final AuditLog audit;
    private final Commands commands;
    private final List<Route> routes;

    public AccessRoutes(
            AccessService access, Sessions sessions, AuditLog audit, Commands commands) {
        this.access = access;
        this.sessions = sessions;
        this.audit = audit;
        this.commands = commands;
        var anyone = Route.ANYONE_LOGGED_IN;
        routes =
                List.of(
                        new Route(
                                "POST",
                                Paths.SESSION,
                                Set.of(),
                                "Log in",
                                Credentials.class,
                                Session.class,
                                this::logIn),
                        new Route(
                                "GET",
                                Paths.SESSION,
                                anyone,
                                "Who is logged in",
                                null,
                                Session.class,
                                AccessRoutes::session),
                        new Route(
                                "DELETE",
                                Paths.SESSION,
                                anyone,
                                "Log out",
                                null,
                                null,
                                this::logOut),
                        new Route(
                                "PUT",
                                Paths.PASSWORD,
                                anyone,
                                "Change your password",
                                NewPassword.class,
                                Session.class,
                                this::changePassword),
                        new Route(
                                "GET",
                                Paths.COMMAND,
                                anyone,
                                "What became of one of your writes",
                                null,
                                Command.class,
                                this::command),
                        new Route(
                                        "GET",
                                        Paths.USERS,
                                        ADMIN,
                                        "All users",
                                        null,
                                        User.class,
                                        this::users)
                                .paged(),
                        new Route(
                                "POST",
                                Paths.USERS,
                                ADMIN,
                                "Make a user",
                                NewUser.class,
                                User.class,
                                this::create),
                        new Route(
                                "POST",
                                Paths.USER_DISABLE,
                                ADMIN,
                                "Let a user no longer in; ends their sessions",
                                Reason.class,
                                User.class,
                                this::disable),
                        new Route(
                                "POST",
                                Paths.USER_ENABLE,
                                ADMIN,
                                "Let a user in again",
                                Reason.class,
                                User.class,
                                this::enable),
                        new Route(
                                        "GET",
                                        Paths.AUDIT,
                                        anyone,
                                        "Who did what, newest first",
                                        null,
                                        AuditEntry.class,
                                        this::audit)
                                .paged());
    }

    @Override
    public List<Route> routes() {
        return routes;
    }

    private Session logIn(Request request) throws InterruptedException {
        Credentials credentials = request.body(Credentials.class);
        request.audit(credentials.user(), "");
        return access.logIn(credentials, request.address());
    }

    private static Session session(Request request) {
        var caller = request.caller().orElseThrow();
        return new Session(
                null, caller.user(), caller.role(), caller.expiresAt(), caller.passwordDue());
    }

    private Effect<Answer> logOut(Request request) {
        request.audit(request.user(), "");
        return Effect.of(
                handle -> {
                    sessions.end(handle, request.caller().orElseThrow());
                    return new Answer(204, null, Map.of());
                });
    }

    private Effect<Session> changePassword(Request request) throws InterruptedException {
        request.audit(request.user(), "");
        return access.change(
                request.caller().orElseThrow(), request.body(NewPassword.class), request.address());
    }

    private Effect<User> disable(Request request) {
        request.audit(request.path("name"), request.body(Reason.class).reason());
        return access.users().disable(request.path("name"), request.user());
    }

    private Effect<User> enable(Request request) {
        request.audit(request.path("name"), request.body(Reason.class).reason());
        return access.users().enable(request.path("name"));
    }

    private Command command(Request request) {
        String key = request.path("key");
        return commands.find(request.user(), key)
                .orElseThrow(() -> Refused.notFound("command", key));
    }

    private Page<User> users(Request request) {
        List<User> users = access.users().all();
        return new Page<>(users, null, (long) users.size());
    }

    private Effect<Answer> create(Request request) {
        NewUser wanted = request.body(NewUser.class);
        request.audit(wanted.name(), "role " + wanted.role());
        return access.users().create(wanted).answered(Answer::created);
    }

    private Page<AuditEntry> audit(Request request) {
        int limit = request.query("limit", 100, 1, MOST_ENTRIES);
        int after = request.query("after", Integer.MAX_VALUE, 1, Integer.MAX_VALUE);
        return audit.before(after, limit);
    }
}
