package dev.slipway.sandbox.legacy;

import dev.slipway.shop.answers.Emails;
import dev.slipway.shop.answers.Money;
import dev.slipway.shop.answers.Order;
import dev.slipway.shop.answers.VendorRef;
import dev.slipway.shop.http.Problem;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Orders from the legacy database.
final class LegacyOrders {
    private static final String ONE =
            """
            SELECT order_no, customer_name, customer_email, status, total, created FROM orders
            WHERE order_id = ?""";
    private static final String LINES =
            """
            SELECT product_id, product_title, vendor_name, qty, price, line_total, status
            FROM order_lines WHERE order_id = ? ORDER BY id""";

    private LegacyOrders() {}

    static Order one(Connection connection, long id) throws SQLException {
        try (var query = connection.prepareStatement(ONE)) {
            query.setLong(1, id);
            try (var row = query.executeQuery()) {
                if (!row.next()) {
                    throw Problem.notFound("order", id);
                }
                return new Order(
                        id,
                        row.getString("order_no"),
                        new Order.Buyer(
                                row.getString("customer_name"),
                                email(row.getString("customer_email"))),
                        LegacyValues.status(row.getString("status")),
                        LegacyProducts.amount(LegacyValues.cents(row.getString("total"))),
                        Money.CURRENCY,
                        LegacyValues.moment(row.getString("created")).orElse(null),
                        lines(connection, id));
            }
        }
    }

    private static @Nullable String email(@Nullable String text) {
        return Emails.normal(text == null ? "" : text).orElse(null);
    }

    /// Scans all order lines: nothing says which are the order's.
    private static List<Order.Line> lines(Connection connection, long order) throws SQLException {
        List<Order.Line> lines = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        try (var query = connection.prepareStatement(LINES)) {
            query.setLong(1, order);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    Optional<Order.Line> line = line(connection, rows);
                    if (line.isPresent() && seen.add(line.get().sku())) {
                        lines.add(line.get());
                    }
                }
            }
        }
        return lines;
    }

    private static Optional<Order.Line> line(Connection connection, ResultSet row)
            throws SQLException {
        Optional<LegacyLine> read = LegacyLine.read(row);
        Optional<VendorRef> vendor = VendorNames.find(connection, row.getString("vendor_name"));
        if (read.isEmpty() || vendor.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Order.Line(
                        row.getString("product_id"),
                        row.getString("product_title"),
                        vendor.get(),
                        read.get().quantity(),
                        LegacyProducts.amount(LegacyValues.cents(row.getString("price"))),
                        Money.ofCents(read.get().cents()),
                        read.get().status()));
    }
}
