package dev.slipway.sandbox.legacy;

import dev.slipway.shop.answers.Money;
import dev.slipway.shop.answers.NewOrder;
import dev.slipway.shop.answers.OrderTaken;
import dev.slipway.shop.http.Problem;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Writes an order into the legacy database. The write lock is held for the whole of it, and its
/// end waits until no one reads.
final class LegacyCheckout {
    private static final DateTimeFormatter MOMENT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);
    private static final String KNOWN = "SELECT order_id, total FROM orders WHERE ext_ref = ?";
    private static final String CUSTOMER =
            """
            SELECT customer_id, full_name, address FROM customers
            WHERE lower(trim(email)) = lower(trim(?)) ORDER BY customer_id LIMIT 1""";
    private static final String PRODUCT =
            """
            SELECT p.product_id, p.vendor_name, v.email, p.title, p.price, p.active
            FROM products p JOIN vendors v ON v.vendor_name = p.vendor_name
            WHERE p.product_id = ? ORDER BY v.vendor_id LIMIT 1""";
    private static final String ORDER = "INSERT INTO orders VALUES (?,?,?,?,?,?,?,?,?,?,?)";
    private static final String LINE =
            "INSERT INTO order_lines VALUES (NULL,?,?,?,?,?,?,?,?,?,?,?,?,?,?)";

    private final Connections connections;
    private final InstantSource clock;

    LegacyCheckout(Connections connections, InstantSource clock) {
        this.connections = connections;
        this.clock = clock;
    }

    private record Customer(String id, String name, String address) {}

    private record Item(
            String sku,
            String title,
            String vendor,
            String vendorEmail,
            long cents,
            int quantity) {}

    /// Takes an order, once for each reference.
    OrderTaken take(String reference, NewOrder order) {
        return connections.run(connection -> take(connection, reference, order));
    }

    private OrderTaken take(Connection connection, String reference, NewOrder order)
            throws SQLException {
        connection.setAutoCommit(false);
        Optional<OrderTaken> known = known(connection, reference);
        if (known.isPresent()) {
            return known.get();
        }
        List<Item> items = new ArrayList<>();
        for (NewOrder.Line line : order.lines()) {
            items.add(item(connection, line));
        }
        Customer customer = customer(connection, order.buyer());
        long total = items.stream().mapToLong(item -> item.cents() * item.quantity()).sum();
        String now = MOMENT.format(clock.instant());
        long id = insertOrder(connection, reference, order, customer, total, now);
        insertLines(connection, id, order, customer, items, now);
        connection.commit();
        return taken(reference, id, Money.ofCents(total));
    }

    private static OrderTaken taken(String reference, long id, BigDecimal total) {
        return new OrderTaken(reference, OrderTaken.TAKEN, id, total, Money.CURRENCY, null);
    }

    private static Optional<OrderTaken> known(Connection connection, String reference)
            throws SQLException {
        try (var query = connection.prepareStatement(KNOWN)) {
            query.setString(1, reference);
            try (var row = query.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                taken(
                                        reference,
                                        row.getLong(1),
                                        Money.ofCents(
                                                LegacyValues.cents(row.getString(2)).orElse(0))))
                        : Optional.empty();
            }
        }
    }

    private static Customer customer(Connection connection, NewOrder.Buyer buyer)
            throws SQLException {
        try (var query = connection.prepareStatement(CUSTOMER)) {
            query.setString(1, buyer.email());
            try (var row = query.executeQuery()) {
                return row.next()
                        ? new Customer(row.getString(1), row.getString(2), row.getString(3))
                        : new Customer("guest", buyer.name(), "");
            }
        }
    }

    private static Item item(Connection connection, NewOrder.Line line) throws SQLException {
        try (var query = connection.prepareStatement(PRODUCT)) {
            query.setString(1, line.sku());
            try (var row = query.executeQuery()) {
                if (!row.next() || !LegacyValues.yes(row.getString("active"))) {
                    throw Problem.notPossible("Product " + line.sku() + " is not for sale.");
                }
                long cents =
                        LegacyValues.cents(row.getString("price"))
                                .orElseThrow(
                                        () ->
                                                Problem.notPossible(
                                                        "Product "
                                                                + line.sku()
                                                                + " has no price."));
                return item(row, cents, line.quantity());
            }
        }
    }

    private static Item item(ResultSet row, long cents, int quantity) throws SQLException {
        return new Item(
                row.getString("product_id"),
                row.getString("title"),
                row.getString("vendor_name"),
                row.getString("email"),
                cents,
                quantity);
    }

    private static long insertOrder(
            Connection connection,
            String reference,
            NewOrder order,
            Customer customer,
            long total,
            String now)
            throws SQLException {
        long id = next(connection);
        String number = "ORD-" + now.substring(0, 4) + "-" + String.format(Locale.ROOT, "%07d", id);
        set(
                connection,
                ORDER,
                id,
                number,
                customer.id(),
                customer.name(),
                order.buyer().email(),
                Money.ofCents(total).toPlainString(),
                "pending",
                now,
                "",
                "",
                reference);
        return id;
    }

    private static void insertLines(
            Connection connection,
            long id,
            NewOrder order,
            Customer customer,
            List<Item> items,
            String now)
            throws SQLException {
        for (Item item : items) {
            set(
                    connection,
                    LINE,
                    id,
                    item.sku(),
                    item.title(),
                    item.vendor(),
                    item.vendorEmail(),
                    customer.name(),
                    order.buyer().email(),
                    customer.address(),
                    Integer.toString(item.quantity()),
                    Money.ofCents(item.cents()).toPlainString(),
                    Money.ofCents(item.cents() * item.quantity()).toPlainString(),
                    now,
                    "pending",
                    now);
        }
    }

    private static long next(Connection connection) throws SQLException {
        try (var query = connection.prepareStatement("SELECT max(order_id) + 1 FROM orders");
                var row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void set(Connection connection, String sql, Object... values)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                insert.setObject(i + 1, values[i]);
            }
            insert.executeUpdate();
        }
    }
}
