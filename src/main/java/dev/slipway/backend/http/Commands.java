package dev.slipway.backend.http;

import dev.slipway.api.Command;
import dev.slipway.api.CommandState;
import dev.slipway.backend.http.AuditTrail.Act;
import dev.slipway.backend.store.StateStore;

import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Remembers every write by its `Idempotency-Key`, with the answer that it got, for a day: the same
/// request is answered the same and done once.
public final class Commands {
    private static final Duration KEPT = Duration.ofDays(1);

    /// Names this server among those that have commands running.
    private final String owner = UUID.randomUUID().toString();

    private final StateStore store;
    private final AuditTrail audit;
    private final InstantSource clock;

    public Commands(StateStore store, AuditTrail audit, InstantSource clock) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

    /// An `Idempotency-Key` and whose it is: two users' keys never meet.
    record Key(String user, String value) {}

    /// What a key means at this moment.
    sealed interface Begun {
        /// Never seen: go on, then [#finish].
        record Fresh() implements Begun {}

        record Answered(Reply reply) implements Begun {}

        record Running() implements Begun {}

        record Lost() implements Begun {}

        record OtherRequest() implements Begun {}
    }

    /// Takes the key for this request, unless it is taken.
    Begun begin(Key key, String action, String fingerprint) {
        return store.write(
                handle -> {
                    prune(handle);
                    var known =
                            handle.createQuery(
                                            "SELECT * FROM command WHERE account = :user AND key = :key")
                                    .bind("user", key.user())
                                    .bind("key", key.value())
                                    .map((row, _) -> known(row, fingerprint))
                                    .findOne();
                    if (known.isEmpty()) {
                        insert(handle, key, action, fingerprint);
                    }
                    return known.orElseGet(Begun.Fresh::new);
                });
    }

    /// Records the answer and the audit entry.
    ///
    /// @param handle where there is an effect on the state database: inside its transaction
    /// @param certain whether a fault (5xx) means that nothing was done
    ///
    /// @throws IllegalStateException if another server took this one for dead and gave the key
    ///   free: then the effect must not stand either
    void finish(Handle handle, Key key, Act act, Reply reply, boolean certain) {
        if (update(handle, key, reply, state(reply.status(), certain)) == 0) {
            throw new IllegalStateException("the command is no longer this server's");
        }
        audit.append(handle, act);
    }

    /// Replaces the answer of a command that is done by a newer one.
    void answered(Handle handle, Key key, Reply reply) {
        update(handle, key, reply, CommandState.DONE);
    }

    private int update(Handle handle, Key key, Reply reply, CommandState state) {
        return handle.createUpdate(
                        """
                        UPDATE command SET state = :state, status = :status,
                            type = :type, answer = :answer
                        WHERE account = :user AND key = :key AND owner = :owner""")
                .bind("owner", owner)
                .bind("state", state)
                .bind("status", reply.status())
                .bind("type", reply.type())
                .bind("answer", reply.body())
                .bind("user", key.user())
                .bind("key", key.value())
                .execute();
    }

    /// What became of a user's write.
    public Optional<Command> find(String user, String key) {
        return store.read(
                handle ->
                        handle.createQuery(
                                        "SELECT * FROM command WHERE account = :user AND key = :key")
                                .bind("user", user)
                                .bind("key", key)
                                .map((row, _) -> command(row))
                                .findOne());
    }

    /// Called before the server serves. What was running when a server stopped did not happen, for
    /// an effect and its record are one transaction: its key is free again. Only of an act that
    /// reaches beyond the state database it will never be known. The audit log has both.
    ///
    /// @param outside the actions that reach beyond the state database
    public void recover(Set<String> outside) {
        store.turns().mine(turn(owner));
        recover(outside, ended(Set.of()));
    }

    /// Called now and then: does the same for servers that have died since, and keeps the others
    /// knowing that this one lives.
    public void watch(Set<String> outside) {
        store.turns().mine(turn(owner));
        Set<String> ended = ended(Set.of(owner));
        if (!ended.isEmpty()) {
            recover(outside, ended);
        }
    }

    private static String turn(String owner) {
        return "server " + owner;
    }

    /// Servers that have commands running and do not live.
    private Set<String> ended(Set<String> living) {
        Set<String> owners =
                store.read(
                        handle ->
                                handle.createQuery(
                                                "SELECT DISTINCT owner FROM command WHERE state = 'RUNNING'")
                                        .mapTo(String.class)
                                        .set());
        owners.removeIf(name -> living.contains(name) || store.turns().held(turn(name)));
        return owners;
    }

    private void recover(Set<String> outside, Set<String> ended) {
        store.writing(
                handle -> {
                    for (Lost lost : lost(handle, ended)) {
                        boolean known = !outside.contains(lost.action());
                        handle.execute(
                                known
                                        ? "DELETE FROM command WHERE account = ? AND key = ?"
                                        : "UPDATE command SET state = 'UNKNOWN'"
                                                + " WHERE account = ? AND key = ?",
                                lost.key().user(),
                                lost.key().value());
                        audit.append(handle, lost.act(known));
                    }
                    prune(handle);
                });
    }

    private record Lost(Key key, String action) {
        Act act(boolean known) {
            String end = known ? " before it was done: nothing was changed" : " in the middle";
            return new Act(key.user(), action, "", "the server stopped" + end, 0);
        }
    }

    private static List<Lost> lost(Handle handle, Set<String> ended) {
        if (ended.isEmpty()) {
            return List.of();
        }
        return handle.createQuery(
                        "SELECT account, key, action FROM command WHERE state = 'RUNNING'"
                                + " AND owner IN (<owners>)")
                .bindList("owners", ended)
                .map(
                        (row, _) ->
                                new Lost(
                                        new Key(row.getString("account"), row.getString("key")),
                                        row.getString("action")))
                .list();
    }

    /// Forgets what is older than a day.
    public void prune(Handle handle) {
        handle.execute(
                "DELETE FROM command WHERE at < ?", clock.instant().minus(KEPT).toEpochMilli());
    }

    private void insert(Handle handle, Key key, String action, String fingerprint) {
        handle.createUpdate(
                        """
                        INSERT INTO command (account, key, action, fingerprint, state, at, owner)
                        VALUES (:user, :key, :action, :fingerprint, 'RUNNING', :at, :owner)""")
                .bind("owner", owner)
                .bind("user", key.user())
                .bind("key", key.value())
                .bind("action", action)
                .bind("fingerprint", fingerprint)
                .bind("at", clock.millis())
                .execute();
    }

    private static Begun known(ResultSet row, String fingerprint) throws SQLException {
        if (!row.getString("fingerprint").equals(fingerprint)) {
            return new Begun.OtherRequest();
        }
        int status = row.getInt("status");
        return switch (CommandState.valueOf(row.getString("state"))) {
            case RUNNING -> new Begun.Running();
            case DONE, REFUSED, UNKNOWN ->
                    status == 0
                            ? new Begun.Lost()
                            : new Begun.Answered(
                                    new Reply(
                                            status,
                                            row.getString("type"),
                                            row.getBytes("answer"),
                                            Map.of("Idempotency-Replayed", "true")));
        };
    }

    private static Command command(ResultSet row) throws SQLException {
        int status = row.getInt("status");
        return new Command(
                row.getString("key"),
                row.getString("action"),
                CommandState.valueOf(row.getString("state")),
                Instant.ofEpochMilli(row.getLong("at")),
                row.wasNull() || status == 0 ? null : status);
    }

    private static CommandState state(int status, boolean certain) {
        if (status >= 500) {
            return certain ? CommandState.REFUSED : CommandState.UNKNOWN;
        }
        return status >= 400 ? CommandState.REFUSED : CommandState.DONE;
    }
}
