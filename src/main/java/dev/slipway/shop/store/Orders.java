package dev.slipway.shop.store;

import dev.slipway.shop.answers.Money;
import dev.slipway.shop.answers.Order;
import dev.slipway.shop.answers.VendorRef;
import dev.slipway.shop.http.Problem;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/// Orders from the new database.
final class Orders {
    private static final String ONE =
            """
            SELECT number, buyer_name, buyer_email, status, total_cents, currency, ordered_at
            FROM orders WHERE id = :id""";
    private static final String LINES =
            """
            SELECT l.sku, l.title, l.quantity, l.unit_cents, l.total_cents, l.status,
                   v.id AS vendor_id, v.name AS vendor_name
            FROM order_lines l JOIN vendors v ON v.id = l.vendor_id
            WHERE l.order_id = :id ORDER BY l.id""";

    private Orders() {}

    static Order one(Handle handle, long id) {
        List<Order.Line> lines =
                handle.createQuery(LINES).bind("id", id).map((row, _) -> line(row)).list();
        return handle.createQuery(ONE)
                .bind("id", id)
                .map((row, _) -> order(id, row, lines))
                .findOne()
                .orElseThrow(() -> Problem.notFound("order", id));
    }

    private static Order order(long id, ResultSet row, List<Order.Line> lines) throws SQLException {
        String orderedAt = row.getString("ordered_at");
        return new Order(
                id,
                row.getString("number"),
                new Order.Buyer(row.getString("buyer_name"), row.getString("buyer_email")),
                row.getString("status"),
                amount(row, "total_cents"),
                row.getString("currency"),
                orderedAt == null ? null : Instant.parse(orderedAt),
                lines);
    }

    private static Order.Line line(ResultSet row) throws SQLException {
        return new Order.Line(
                row.getString("sku"),
                row.getString("title"),
                new VendorRef(row.getLong("vendor_id"), row.getString("vendor_name")),
                row.getInt("quantity"),
                amount(row, "unit_cents"),
                Money.ofCents(row.getLong("total_cents")),
                row.getString("status"));
    }

    private static @Nullable BigDecimal amount(ResultSet row, String column) throws SQLException {
        long cents = row.getLong(column);
        return row.wasNull() ? null : Money.ofCents(cents);
    }
}
