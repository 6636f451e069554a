package dev.slipway.backend.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.events.Kind;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/// The event log as a table of the state database. It is bounded: [#prune] keeps the newest events,
/// and whoever asks for older ones is told so by its [Position].
public final class EventLog implements Events {
    static final int KEPT = 20_000;
    static final Duration KEPT_FOR = Duration.ofHours(1);

    private final ObjectMapper json;
    private final InstantSource clock;

    public EventLog(ObjectMapper json, InstantSource clock) {
        this.json = json;
        this.clock = clock;
    }

    /// One row of the log.
    ///
    /// @param at milliseconds since 1970
    /// @param json the thing, or null if it was gone
    public record Entry(long seq, String kind, String id, long at, @Nullable String json) {}

    /// How far the log reaches.
    ///
    /// @param pruned events up to here are gone
    /// @param last the newest event
    public record Position(String epoch, long pruned, long last) {

        /// Whether everything after an event can still be told.
        public boolean reaches(String otherEpoch, long seq) {
            return epoch.equals(otherEpoch) && pruned <= seq && seq <= last;
        }

        /// The id on the wire of an event of this log.
        public String id(long seq) {
            return epoch + ":" + seq;
        }
    }

    @Override
    public void publish(Handle handle, Kind kind, String id, @Nullable Object value) {
        if (value != null && !kind.type().isInstance(value)) {
            throw new IllegalArgumentException(kind + " carries no " + value.getClass().getName());
        }
        handle.createUpdate(
                        "INSERT INTO event (kind, id, at, json) VALUES (:kind, :id, :at, :json)")
                .bind("kind", kind.wire())
                .bind("id", id)
                .bind("at", clock.millis())
                .bind("json", value == null ? null : write(value))
                .execute();
    }

    public Position position(Handle handle) {
        return handle.createQuery(
                        """
                        SELECT epoch, pruned_through,
                               coalesce((SELECT max(seq) FROM event), pruned_through) AS last
                        FROM event_log""")
                .map(
                        (row, _) ->
                                new Position(
                                        row.getString("epoch"),
                                        row.getLong("pruned_through"),
                                        row.getLong("last")))
                .one();
    }

    /// The oldest events after one, in order.
    public List<Entry> after(Handle handle, long seq, int limit) {
        return handle.createQuery(
                        "SELECT seq, kind, id, at, json FROM event WHERE seq > :seq ORDER BY seq"
                                + " LIMIT :limit")
                .bind("seq", seq)
                .bind("limit", limit)
                .map(
                        (row, _) ->
                                new Entry(
                                        row.getLong("seq"),
                                        row.getString("kind"),
                                        row.getString("id"),
                                        row.getLong("at"),
                                        row.getString("json")))
                .list();
    }

    /// Forgets what is too old or too much.
    ///
    /// @return how many events that were
    public int prune(Handle handle) {
        long oldest = clock.instant().minus(KEPT_FOR).toEpochMilli();
        handle.createUpdate(
                        """
                        UPDATE event_log SET pruned_through = (SELECT max(seq) FROM (
                            SELECT pruned_through AS seq FROM event_log
                            UNION ALL SELECT max(seq) - :kept FROM event
                            UNION ALL SELECT max(seq) FROM event WHERE at < :oldest) AS ends)""")
                .bind("kept", KEPT)
                .bind("oldest", oldest)
                .execute();
        return handle.execute(
                "DELETE FROM event WHERE seq <= (SELECT pruned_through FROM event_log)");
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("can't be written as JSON: " + value, e);
        }
    }
}
