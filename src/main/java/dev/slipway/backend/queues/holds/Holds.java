package dev.slipway.backend.queues.holds;

import static java.util.Objects.requireNonNullElse;

import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.Pause;
import dev.slipway.backend.http.AuditTrail;
import dev.slipway.backend.http.AuditTrail.Act;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.store.Events;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/// Pauses things and lets them go on. A pause holds from the transaction that makes it: whoever
/// takes work looks here in the transaction that takes it. It survives restarts, and ends by itself
/// at its time. Everyone is told in the same transaction.
public final class Holds {
    /// So that a table shows it and an audit entry holds it.
    private static final int MOST_CHARACTERS = 500;

    private final Events events;
    private final InstantSource clock;

    public Holds(Events events, InstantSource clock) {
        this.events = events;
        this.clock = clock;
    }

    /// The pause of a thing that holds at this moment.
    public Optional<Hold> of(Handle handle, HoldKind kind, String name) {
        return handle.createQuery(
                        """
                        SELECT * FROM hold WHERE kind = :kind AND name = :name
                            AND (until IS NULL OR until > :now)""")
                .bind("kind", kind.name())
                .bind("name", name)
                .bind("now", clock.millis())
                .map((row, _) -> hold(row))
                .findOne();
    }

    /// Every pause that holds at this moment, the latest first.
    public List<Hold> all(Handle handle) {
        return handle.createQuery(
                        """
                        SELECT * FROM hold WHERE until IS NULL OR until > :now
                        ORDER BY since DESC, kind, name""")
                .bind("now", clock.millis())
                .map((row, _) -> hold(row))
                .list();
    }

    /// Pauses a thing; one that is paused already gets the new reason and time.
    ///
    /// @param by who
    /// @throws Refused 400 without a reason, or with a time that has passed
    public Hold pause(Handle handle, HoldKind kind, String name, Pause pause, String by) {
        Instant now = clock.instant();
        String reason = requireNonNullElse(pause.reason(), "").strip();
        check(reason, pause.until(), now);
        var hold = new Hold(kind, name, reason, by, now, pause.until());
        handle.createUpdate(
                        """
                        INSERT INTO hold (kind, name, reason, held_by, since, until)
                        VALUES (:kind, :name, :reason, :by, :since, cast(:until AS BIGINT))
                        ON CONFLICT (kind, name) DO UPDATE SET reason = excluded.reason,
                            held_by = excluded.held_by, since = excluded.since,
                            until = excluded.until""")
                .bind("kind", kind.name())
                .bind("name", name)
                .bind("reason", reason)
                .bind("by", by)
                .bind("since", now.toEpochMilli())
                .bind("until", pause.until() == null ? null : pause.until().toEpochMilli())
                .execute();
        events.publish(handle, Kind.HOLD, hold.id(), hold);
        return hold;
    }

    private static void check(String reason, @Nullable Instant until, Instant now) {
        if (reason.isEmpty()) {
            throw Refused.badRequest("reason", "Say why: others will ask. Nothing was paused.");
        }
        if (reason.length() > MOST_CHARACTERS) {
            throw Refused.badRequest("reason", "At most " + MOST_CHARACTERS + " characters.");
        }
        if (until != null && !until.isAfter(now)) {
            throw Refused.badRequest("until", "This time has passed. Nothing was paused.");
        }
    }

    /// Lets a thing go on. One that isn't paused stays as it is: a second press is harmless.
    ///
    /// @return whether it was paused
    public boolean resume(Handle handle, HoldKind kind, String name) {
        int gone =
                handle.createUpdate("DELETE FROM hold WHERE kind = :kind AND name = :name")
                        .bind("kind", kind.name())
                        .bind("name", name)
                        .execute();
        if (gone > 0) {
            var id = new Hold(kind, name, "", "", Instant.EPOCH, null).id();
            events.publish(handle, Kind.HOLD, id, null);
        }
        return gone > 0;
    }

    /// Whether a pause's time has come that [#expire] has not put away yet.
    public boolean anyOver(Handle handle) {
        return !over(handle).isEmpty();
    }

    /// Puts away the pauses whose time has come; they have not held since then. Each is an entry of
    /// the audit log.
    public void expire(Handle handle, AuditTrail audit) {
        for (Hold hold : over(handle)) {
            if (resume(handle, hold.kind(), hold.name())) {
                String why = "Its time came: paused by " + hold.by() + ", " + hold.reason();
                audit.append(handle, new Act("slipway", "RESUME", hold.id(), why, 200));
            }
        }
    }

    private List<Hold> over(Handle handle) {
        return handle.createQuery("SELECT * FROM hold WHERE until <= :now ORDER BY kind, name")
                .bind("now", clock.millis())
                .map((row, _) -> hold(row))
                .list();
    }

    private static Hold hold(ResultSet row) throws SQLException {
        long until = row.getLong("until");
        boolean open = row.wasNull();
        return new Hold(
                HoldKind.valueOf(row.getString("kind")),
                row.getString("name"),
                row.getString("reason"),
                row.getString("held_by"),
                Instant.ofEpochMilli(row.getLong("since")),
                open ? null : Instant.ofEpochMilli(until));
    }
}
