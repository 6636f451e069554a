package dev.slipway.shop.intake;

import dev.slipway.shop.answers.Money;
import dev.slipway.shop.answers.NewOrder;
import dev.slipway.shop.answers.OrderTaken;
import dev.slipway.shop.http.Json;
import dev.slipway.shop.http.Problem;
import dev.slipway.shop.store.ShopDatabase;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Takes orders in and keeps them until the legacy shop has them. An order is on disk before its
/// sender gets an answer.
public final class Intake {
    private static final String INSERT =
            """
            INSERT INTO intake (reference, body, total_cents, received_at)
            VALUES (:reference, :body, :cents, :now)
            ON CONFLICT (reference) DO NOTHING""";
    private static final String FIND =
            """
            SELECT reference, body, state, legacy_id, total_cents, reason FROM intake
            WHERE reference = :reference""";
    private static final String NEXT =
            "SELECT reference, body FROM intake WHERE state = 'waiting' ORDER BY seq LIMIT 1";
    private static final String END =
            """
            UPDATE intake SET state = :state, legacy_id = :id, reason = :reason, ended_at = :now
            WHERE reference = :reference AND state = 'waiting'""";
    private static final String OLDEST =
            "SELECT min(received_at) FROM intake WHERE state = 'waiting'";

    private final Jdbi jdbi;
    private final InstantSource clock;

    public Intake(ShopDatabase database, InstantSource clock) {
        this.jdbi = database.jdbi();
        this.clock = clock;
    }

    /// An order that the legacy shop is still to take.
    record Waiting(String reference, String body) {}

    /// How the intake stands.
    ///
    /// @param oldestSeconds how long the oldest waiting order waits; null if none waits
    public record Depth(long waiting, long taken, long refused, @Nullable Long oldestSeconds) {}

    private record Known(String body, OrderTaken taken) {}

    /// Takes an order in, once for each reference.
    ///
    /// @param worth asked only if the order is new
    /// @throws Problem 409 if the reference belongs to another order
    public OrderTaken take(String reference, NewOrder order, Function<NewOrder, BigDecimal> worth) {
        String body = Json.text(order);
        Optional<Known> before = jdbi.withHandle(handle -> find(handle, reference));
        if (before.isPresent()) {
            return same(before.get(), body);
        }
        long cents = worth.apply(order).movePointRight(2).longValueExact();
        return jdbi.inTransaction(
                handle -> {
                    handle.createUpdate(INSERT)
                            .bind("reference", reference)
                            .bind("body", body)
                            .bind("cents", cents)
                            .bind("now", clock.instant().toString())
                            .execute();
                    return same(find(handle, reference).orElseThrow(), body);
                });
    }

    private static OrderTaken same(Known known, String body) {
        if (!known.body().equals(body)) {
            throw new Problem(409, "conflict", "This reference belongs to another order.");
        }
        return known.taken();
    }

    /// What became of an order.
    public Optional<OrderTaken> find(String reference) {
        return jdbi.withHandle(handle -> find(handle, reference)).map(Known::taken);
    }

    private static Optional<Known> find(Handle handle, String reference) {
        return handle.createQuery(FIND)
                .bind("reference", reference)
                .map((row, _) -> new Known(row.getString("body"), taken(row)))
                .findOne();
    }

    private static OrderTaken taken(ResultSet row) throws SQLException {
        long id = row.getLong("legacy_id");
        return new OrderTaken(
                row.getString("reference"),
                row.getString("state"),
                id == 0 ? null : id,
                Money.ofCents(row.getLong("total_cents")),
                Money.CURRENCY,
                row.getString("reason"));
    }

    Optional<Waiting> next() {
        return jdbi.withHandle(
                handle ->
                        handle.createQuery(NEXT)
                                .map((row, _) -> new Waiting(row.getString(1), row.getString(2)))
                                .findOne());
    }

    void taken(Waiting order, long legacyId) {
        end(order, OrderTaken.TAKEN, legacyId, null);
    }

    void refused(Waiting order, String reason) {
        end(order, OrderTaken.REFUSED, null, reason);
    }

    private void end(
            Waiting order, String state, @Nullable Long legacyId, @Nullable String reason) {
        jdbi.useTransaction(
                handle ->
                        handle.createUpdate(END)
                                .bind("state", state)
                                .bind("id", legacyId)
                                .bind("reason", reason)
                                .bind("now", clock.instant().toString())
                                .bind("reference", order.reference())
                                .execute());
    }

    public Depth depth() {
        return jdbi.withHandle(
                handle -> {
                    Map<String, Long> counts =
                            handle
                                    .createQuery(
                                            "SELECT state, count(*) FROM intake GROUP BY state")
                                    .map((row, _) -> Map.entry(row.getString(1), row.getLong(2)))
                                    .stream()
                                    .collect(
                                            Collectors.toMap(
                                                    Map.Entry::getKey, Map.Entry::getValue));
                    return new Depth(
                            counts.getOrDefault(OrderTaken.WAITING, 0L),
                            counts.getOrDefault(OrderTaken.TAKEN, 0L),
                            counts.getOrDefault(OrderTaken.REFUSED, 0L),
                            oldest(handle));
                });
    }

    private @Nullable Long oldest(Handle handle) {
        return handle.createQuery(OLDEST)
                .map((row, _) -> Optional.ofNullable(row.getString(1)))
                .one()
                .map(at -> Duration.between(Instant.parse(at), clock.instant()).toSeconds())
                .orElse(null);
    }
}
