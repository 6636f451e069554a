package dev.slipway.client.offline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.Page;
import dev.slipway.api.events.Kind;
import dev.slipway.api.metrics.Interval;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Writes what is kept; every method within a transaction of the caller.
final class Pen {
    private final ObjectMapper json;
    private final long at;

    /// @param at when what is written here was true, by this machine's clock
    Pen(ObjectMapper json, Instant at) {
        this.json = json;
        this.at = at.toEpochMilli();
    }

    static Set<String> topics(List<Document> documents) {
        Set<String> topics = new HashSet<>();
        documents.forEach(document -> topics.add(document.kind().wire()));
        return topics;
    }

    boolean take(
            Connection connection,
            @Nullable String eventId,
            List<Document> documents,
            Instant heard)
            throws SQLException {
        for (Document document : documents) {
            put(connection, document);
        }
        meta(connection, "heard", heard.toString());
        return eventId == null
                || Sql.update(connection, "UPDATE meta SET value = ? WHERE key = 'event'", eventId)
                        == 1;
    }

    void replace(Connection connection, Resume position, List<Document> documents, Instant heard)
            throws SQLException {
        boolean other =
                Sql.update(
                                connection,
                                "DELETE FROM meta WHERE key = 'epoch' AND value <> ?",
                                position.epoch())
                        > 0;
        if (other) {
            forget(connection);
        }
        for (Kind kind : Kind.values()) {
            if (!Document.partial(kind)) {
                Sql.update(connection, "DELETE FROM document WHERE kind = ?", kind.wire());
            }
        }
        for (Document document : documents) {
            put(connection, document);
        }
        meta(connection, "epoch", position.epoch());
        meta(connection, "event", position.eventId());
        meta(connection, "filled", "yes");
        meta(connection, "heard", heard.toString());
    }

    /// The backend began anew: what the old one had of the same name is something else.
    private static void forget(Connection connection) throws SQLException {
        for (String table : new String[] {"listing", "document", "interval"}) {
            Sql.update(connection, "DELETE FROM " + table);
        }
    }

    <T> void keep(
            Connection connection, ListQuery<T> list, boolean first, Page<T> page, Instant now)
            throws SQLException {
        if (first) {
            Sql.update(connection, "DELETE FROM listing_item WHERE key = ?", list.key());
        }
        Sql.update(
                connection,
                "INSERT INTO listing (key, at, next, total) VALUES (?, ?, ?, ?)"
                        + " ON CONFLICT (key) DO UPDATE SET at = excluded.at, next = excluded.next,"
                        + " total = excluded.total",
                list.key(),
                now.toEpochMilli(),
                page.next(),
                page.total());
        for (T item : page.items()) {
            keepItem(connection, list, item);
        }
    }

    private <T> void keepItem(Connection connection, ListQuery<T> list, T item)
            throws SQLException {
        String id = list.id().apply(item);
        JsonNode value = json.valueToTree(item);
        // a page may have been read at the server before a change that the stream brought meanwhile
        upsert(connection, list.kind(), id, value, " WHERE document.at <= excluded.at");
        Sql.update(
                connection,
                "INSERT INTO listing_item (key, position, kind, id) SELECT ?1,"
                        + " coalesce((SELECT max(position) FROM listing_item WHERE key = ?1), 0) + 1,"
                        + " ?2, ?3",
                list.key(),
                list.kind(),
                id);
    }

    int keepIntervals(Connection connection, List<Interval> intervals) throws SQLException {
        for (Interval interval : intervals) {
            var latency = interval.latency();
            Sql.update(
                    connection,
                    "INSERT OR REPLACE INTO interval (route, at, pool, millis, n, p50, p95, p99,"
                            + " max, errors, orders, order_value, currency)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    interval.route(),
                    interval.from().toEpochMilli(),
                    interval.pool().name(),
                    interval.millis(),
                    latency.n(),
                    latency.p50(),
                    latency.p95(),
                    latency.p99(),
                    latency.max(),
                    interval.errors(),
                    interval.orders(),
                    interval.orderValue().toPlainString(),
                    interval.currency());
        }
        return intervals.size();
    }

    static int keepPdf(Connection connection, String sha256, byte[] bytes, long now)
            throws SQLException {
        return Sql.update(
                connection,
                "INSERT OR REPLACE INTO pdf (sha256, used_at, bytes) VALUES (?, ?, ?)",
                sha256,
                now,
                bytes);
    }

    static int used(Connection connection, String sha256, long now) throws SQLException {
        return Sql.update(connection, "UPDATE pdf SET used_at = ? WHERE sha256 = ?", now, sha256);
    }

    private void put(Connection connection, Document document) throws SQLException {
        if (document.value() == null) {
            Sql.update(
                    connection,
                    "DELETE FROM document WHERE kind = ? AND id = ?",
                    document.kind().wire(),
                    document.id());
        } else {
            upsert(connection, document.kind().wire(), document.id(), document.value(), "");
        }
    }

    private void upsert(Connection connection, String kind, String id, JsonNode value, String where)
            throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO document (kind, id, parent, at, json) VALUES (?, ?, ?, ?, ?)"
                        + " ON CONFLICT (kind, id) DO UPDATE SET parent = excluded.parent,"
                        + " at = excluded.at, json = excluded.json"
                        + where,
                kind,
                id,
                Document.parent(kind, value),
                at,
                String.valueOf(value));
    }

    static void meta(Connection connection, String key, String value) throws SQLException {
        Sql.update(
                connection, "INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", key, value);
    }
}
