package dev.slipway.backend.queues.repair;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.events.Kind;
import dev.slipway.api.queues.Repair;
import dev.slipway.backend.store.Events;

import org.jdbi.v3.core.Handle;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Repairs in the state database. Who changes one takes its row first, so that two never change it
/// at once, whichever backends they are.
public final class RepairStore {
    private static final String COLUMNS = "seq, repair, work, open";

    private final ObjectMapper json;
    private final Events events;

    public RepairStore(ObjectMapper json, Events events) {
        this.json = json;
        this.events = events;
    }

    /// Adds a repair and tells it.
    void add(Handle handle, Repair repair, Work work) {
        handle.createUpdate(
                        """
                        INSERT INTO repair (id, state, open, repair, work)
                        VALUES (:id, :state, 1, :repair, :work)""")
                .bind("id", repair.id())
                .bind("state", repair.state().name())
                .bind("repair", write(repair))
                .bind("work", write(work))
                .execute();
        tell(handle, repair);
    }

    /// Takes a repair's row for the rest of the transaction.
    Optional<StoredRepair> take(Handle handle, String id) {
        return handle.createQuery(
                        "UPDATE repair SET version = version + 1 WHERE id = :id RETURNING "
                                + COLUMNS)
                .bind("id", id)
                .map((row, _) -> stored(row))
                .findOne();
    }

    /// Takes the row of a repair that has something to be done, unless another backend works at it.
    Optional<StoredRepair> take(Handle handle, long seq, String owner, Instant now, Instant until) {
        return handle.createQuery(
                        "UPDATE repair SET version = version + 1, owner = :owner,"
                                + " lease_until = :until WHERE seq = :seq AND open = 1"
                                + " AND (owner IS NULL OR owner = :owner OR lease_until <= :now)"
                                + " RETURNING "
                                + COLUMNS)
                .bind("seq", seq)
                .bind("owner", owner)
                .bind("now", now.toEpochMilli())
                .bind("until", until.toEpochMilli())
                .map((row, _) -> stored(row))
                .findOne();
    }

    /// Lets go what this backend works at, so that another one can go on at once.
    void letGo(Handle handle, String owner) {
        handle.createUpdate("UPDATE repair SET owner = NULL, lease_until = 0 WHERE owner = :owner")
                .bind("owner", owner)
                .execute();
    }

    /// Writes a repair whose row was taken.
    void save(Handle handle, StoredRepair stored) {
        handle.createUpdate(
                        """
                        UPDATE repair SET state = :state, open = :open, repair = :repair,
                            work = :work WHERE seq = :seq""")
                .bind("state", stored.state().name())
                .bind("open", stored.open() ? 1 : 0)
                .bind("repair", write(stored.repair()))
                .bind("work", write(stored.work()))
                .bind("seq", stored.seq())
                .execute();
    }

    void tell(Handle handle, Repair repair) {
        events.publish(handle, Kind.REPAIR, repair.id(), repair);
    }

    /// Those that have something to be done.
    List<Long> open(Handle handle) {
        return handle.createQuery("SELECT seq FROM repair WHERE open = 1 ORDER BY seq")
                .mapTo(Long.class)
                .list();
    }

    Optional<StoredRepair> find(Handle handle, String id) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM repair WHERE id = :id")
                .bind("id", id)
                .map((row, _) -> stored(row))
                .findOne();
    }

    Optional<StoredRepair> find(Handle handle, long seq) {
        return handle.createQuery("SELECT " + COLUMNS + " FROM repair WHERE seq = :seq")
                .bind("seq", seq)
                .map((row, _) -> stored(row))
                .findOne();
    }

    /// The newest before one.
    List<StoredRepair> before(Handle handle, long seq, int limit) {
        return handle.createQuery(
                        "SELECT "
                                + COLUMNS
                                + " FROM repair WHERE seq < :seq ORDER BY seq DESC LIMIT :limit")
                .bind("seq", seq)
                .bind("limit", limit)
                .map((row, _) -> stored(row))
                .list();
    }

    private StoredRepair stored(ResultSet row) throws SQLException {
        try {
            return new StoredRepair(
                    row.getLong("seq"),
                    json.readValue(row.getString("repair"), Repair.class),
                    json.readValue(row.getString("work"), Work.class),
                    row.getInt("open") == 1);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a repair's row is not one of ours", e);
        }
    }

    private String write(Object value) {
        try {
            return json.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
