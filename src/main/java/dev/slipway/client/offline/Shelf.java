package dev.slipway.client.offline;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.events.Kind;
import dev.slipway.api.metrics.Interval;
import dev.slipway.api.metrics.Latency;
import dev.slipway.api.metrics.Pool;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads what is kept, over one connection of a reader.
public final class Shelf {
    private final Connection connection;
    private final ObjectMapper json;

    Shelf(Connection connection, ObjectMapper json) {
        this.connection = connection;
        this.json = json;
    }

    /// Everything of a kind.
    public static <T> Query<List<T>> all(Kind kind, Class<T> type, Comparator<? super T> order) {
        return live(kind, order, shelf -> shelf.documents(kind, type));
    }

    /// Everything of a kind that belongs to one thing.
    public static <T> Query<List<T>> of(
            Kind kind, Class<T> type, String parent, Comparator<? super T> order) {
        return live(
                kind,
                order,
                shelf ->
                        shelf.read(
                                type,
                                "SELECT json FROM document WHERE kind = ? AND parent = ?",
                                kind.wire(),
                                parent));
    }

    /// The latest of a kind.
    public static <T> Query<List<T>> latest(
            Kind kind, Class<T> type, int limit, Comparator<? super T> order) {
        return live(
                kind,
                order,
                shelf ->
                        shelf.read(
                                type,
                                "SELECT json FROM document WHERE kind = ? ORDER BY at DESC LIMIT ?",
                                kind.wire(),
                                limit));
    }

    private interface ReadAll<T> {
        List<T> from(Shelf shelf) throws SQLException;
    }

    private static <T> Query<List<T>> live(
            Kind kind, Comparator<? super T> order, ReadAll<T> read) {
        return new Query<>(
                Set.of(kind.wire()),
                Query.LIVE,
                shelf -> {
                    if (!shelf.filled()) {
                        return Optional.empty();
                    }
                    var items = read.from(shelf);
                    items.sort(order);
                    return shelf.live(List.copyOf(items));
                });
    }

    /// Something that the live stream keeps fresh; empty if the stream never brought anything.
    public <T> Optional<Query.Found<T>> live(T data) throws SQLException {
        return filled() ? Optional.of(new Query.Found<>(data, null)) : Optional.empty();
    }

    /// The things of a kind in no order.
    public <T> List<T> documents(Kind kind, Class<T> type) throws SQLException {
        return read(type, "SELECT json FROM document WHERE kind = ?", kind.wire());
    }

    <T> Optional<Query.Found<Listing<T>>> listing(ListQuery<T> list) throws SQLException {
        try (var select = prepare("SELECT at, next, total FROM listing WHERE key = ?", list.key());
                var row = select.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            Instant at = Instant.ofEpochMilli(row.getLong(1));
            @Nullable String next = row.getString(2);
            long count = row.getLong(3);
            @Nullable Long total = row.wasNull() ? null : Long.valueOf(count);
            var items =
                    read(
                            list.type(),
                            "SELECT d.json FROM listing_item i JOIN document d"
                                    + " ON d.kind = i.kind AND d.id = i.id"
                                    + " WHERE i.key = ? ORDER BY i.position",
                            list.key());
            return Optional.of(new Query.Found<>(new Listing<>(items, next, total), at));
        }
    }

    /// The intervals over all routes, from `range` before the latest one, by time.
    public List<Interval> intervals(Duration range) throws SQLException {
        try (var select =
                        prepare(
                                "SELECT at, millis, pool, n, p50, p95, p99, max, errors, orders,"
                                        + " order_value, currency FROM interval"
                                        + " WHERE route = '*' AND at >= (SELECT max(at) FROM interval"
                                        + " WHERE route = '*') - ? ORDER BY at",
                                range.toMillis());
                var row = select.executeQuery()) {
            List<Interval> intervals = new ArrayList<>();
            while (row.next()) {
                intervals.add(interval(row));
            }
            return intervals;
        }
    }

    private static Interval interval(ResultSet row) throws SQLException {
        return new Interval(
                Instant.ofEpochMilli(row.getLong(1)),
                row.getLong(2),
                Pool.valueOf(row.getString(3)),
                "*",
                new Latency(
                        row.getLong(4),
                        row.getDouble(5),
                        row.getDouble(6),
                        row.getDouble(7),
                        row.getDouble(8)),
                row.getLong(9),
                row.getLong(10),
                new BigDecimal(row.getString(11)),
                row.getString(12));
    }

    Optional<String> meta(String key) throws SQLException {
        return text("SELECT value FROM meta WHERE key = ?", key);
    }

    Optional<Instant> latestInterval() throws SQLException {
        try (var select = prepare("SELECT max(at) FROM interval");
                var row = select.executeQuery()) {
            long at = row.next() ? row.getLong(1) : 0;
            return at == 0 ? Optional.empty() : Optional.of(Instant.ofEpochMilli(at));
        }
    }

    Optional<byte[]> pdf(String sha256) throws SQLException {
        try (var select = prepare("SELECT bytes FROM pdf WHERE sha256 = ?", sha256);
                var row = select.executeQuery()) {
            return row.next() ? Optional.of(row.getBytes(1)) : Optional.empty();
        }
    }

    private boolean filled() throws SQLException {
        return meta("filled").isPresent();
    }

    private Optional<String> text(String sql, Object... parameters) throws SQLException {
        try (var select = prepare(sql, parameters);
                var row = select.executeQuery()) {
            return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
        }
    }

    private <T> List<T> read(Class<T> type, String sql, Object... parameters) throws SQLException {
        try (var select = prepare(sql, parameters);
                var row = select.executeQuery()) {
            List<T> found = new ArrayList<>();
            while (row.next()) {
                found.add(json.readValue(row.getString(1), type));
            }
            return found;
        } catch (JsonProcessingException e) {
            throw new SQLException("a kept document is not of the contract: " + e, e);
        }
    }

    private PreparedStatement prepare(String sql, Object... parameters) throws SQLException {
        return Sql.prepare(connection, sql, parameters);
    }
}
