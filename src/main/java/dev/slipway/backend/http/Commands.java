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

/// Remembers every write by its `Idempotency-Key`, with the answer that it got, for a day: the same
/// request is answered the same and done once.
public final class Commands {
    private static final Duration KEPT = Duration.ofDays(1);

    private final StateStore store;
    private final AuditTrail audit;
    private final InstantSource clock;

    public Commands(StateStore store, AuditTrail audit, InstantSource clock) {
        this.store = store;
        this.audit = audit;
        this.clock = clock;
    }

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
    Begun begin(String user, String key, String action, String fingerprint) {
        return store.write(
                handle -> {
                    prune(handle);
                    var known =
                            handle.createQuery(
                                            "SELECT * FROM command WHERE account = :user AND key = :key")
                                    .bind("user", user)
                                    .bind("key", key)
                                    .map((row, _) -> known(row, fingerprint))
                                    .findOne();
                    if (known.isEmpty()) {
                        insert(handle, user, key, action, fingerprint);
                    }
                    return known.orElseGet(Begun.Fresh::new);
                });
    }

    /// Records the answer and the audit entry, in one transaction.
    void finish(String user, String key, Act act, Reply reply) {
        store.writing(
                handle -> {
                    handle.createUpdate(
                                    """
                                    UPDATE command SET state = :state, status = :status,
                                        type = :type, answer = :answer
                                    WHERE account = :user AND key = :key""")
                            .bind("state", state(reply.status()))
                            .bind("status", reply.status())
                            .bind("type", reply.type())
                            .bind("answer", reply.body())
                            .bind("user", user)
                            .bind("key", key)
                            .execute();
                    audit.append(handle, act);
                });
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

    /// Called before the server serves: what was running when the last one stopped will never be
    /// known, and the audit log says so. Forgets what is older than a day.
    public void recover() {
        store.writing(
                handle -> {
                    List<Act> lost =
                            handle.createQuery(
                                            "SELECT account, action FROM command"
                                                    + " WHERE state = 'RUNNING'")
                                    .map(
                                            (row, _) ->
                                                    new Act(
                                                            row.getString("account"),
                                                            row.getString("action"),
                                                            "",
                                                            "the server stopped in the middle",
                                                            0))
                                    .list();
                    lost.forEach(act -> audit.append(handle, act));
                    handle.execute("UPDATE command SET state = 'UNKNOWN' WHERE state = 'RUNNING'");
                    prune(handle);
                });
    }

    /// Forgets what is older than a day.
    public void prune(Handle handle) {
        handle.execute(
                "DELETE FROM command WHERE at < ?", clock.instant().minus(KEPT).toEpochMilli());
    }

    private void insert(Handle handle, String user, String key, String action, String fingerprint) {
        handle.createUpdate(
                        """
                        INSERT INTO command (account, key, action, fingerprint, state, at)
                        VALUES (:user, :key, :action, :fingerprint, 'RUNNING', :at)""")
                .bind("user", user)
                .bind("key", key)
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

    private static CommandState state(int status) {
        if (status >= 500) {
            return CommandState.UNKNOWN;
        }
        return status >= 400 ? CommandState.REFUSED : CommandState.DONE;
    }
}
