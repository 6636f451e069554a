package dev.slipway.sandbox.legacy;

import dev.slipway.shop.answers.Money;
import dev.slipway.shop.answers.Product;
import dev.slipway.shop.answers.ProductPage;
import dev.slipway.shop.answers.VendorRef;
import dev.slipway.shop.http.Problem;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Products from the legacy database.
final class LegacyProducts {
    private static final String ALL =
            """
            SELECT product_id, vendor_name, title, price, category, active FROM products
            WHERE product_id > ? ORDER BY product_id""";
    private static final String ONE =
            """
            SELECT product_id, vendor_name, title, price, category, active, stock FROM products
            WHERE product_id = ?""";
    private static final String SOLD =
            """
            SELECT DISTINCT order_id, qty, line_total, status FROM order_lines l
            WHERE product_id = ?
              AND EXISTS (SELECT 1 FROM orders o WHERE o.order_id = l.order_id)""";

    private LegacyProducts() {}

    static ProductPage page(Connection connection, Optional<String> category, long after, int limit)
            throws SQLException {
        List<ProductPage.Item> items = new ArrayList<>();
        try (var query = connection.prepareStatement(ALL)) {
            query.setLong(1, after);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    Optional<VendorRef> vendor =
                            wanted(rows, category)
                                    ? VendorNames.find(connection, rows.getString("vendor_name"))
                                    : Optional.empty();
                    if (vendor.isEmpty()) {
                        continue;
                    }
                    if (items.size() == limit) {
                        return new ProductPage(items, items.getLast().id());
                    }
                    items.add(item(connection, rows, vendor.get()));
                }
            }
        }
        return new ProductPage(items, null);
    }

    private static boolean wanted(ResultSet row, Optional<String> category) throws SQLException {
        String slug = LegacyValues.category(row.getString("category"));
        return LegacyValues.yes(row.getString("active"))
                && (category.isEmpty() || category.get().equals(slug));
    }

    private static ProductPage.Item item(Connection connection, ResultSet row, VendorRef vendor)
            throws SQLException {
        return new ProductPage.Item(
                row.getLong("product_id"),
                row.getString("product_id"),
                row.getString("title"),
                amount(LegacyValues.cents(row.getString("price"))),
                Money.CURRENCY,
                vendor,
                LegacyValues.category(row.getString("category")),
                sold(connection, row.getString("product_id")));
    }

    static Product one(Connection connection, long id) throws SQLException {
        try (var query = connection.prepareStatement(ONE)) {
            query.setLong(1, id);
            try (var row = query.executeQuery()) {
                if (!row.next()) {
                    throw Problem.notFound("product", id);
                }
                VendorRef vendor =
                        VendorNames.find(connection, row.getString("vendor_name"))
                                .orElseThrow(() -> Problem.notFound("product", id));
                ProductPage.Item item = item(connection, row, vendor);
                return new Product(
                        id,
                        item.sku(),
                        item.title(),
                        item.price(),
                        item.currency(),
                        vendor,
                        item.category(),
                        LegacyValues.stock(row.getString("stock")),
                        LegacyValues.yes(row.getString("active")),
                        item.unitsSold());
            }
        }
    }

    /// Scans all order lines, for each product that a page shows: nothing says which are its own.
    private static long sold(Connection connection, String sku) throws SQLException {
        long units = 0;
        try (var query = connection.prepareStatement(SOLD)) {
            query.setString(1, sku);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    units +=
                            LegacyLine.read(rows)
                                    .filter(LegacyLine::sale)
                                    .map(LegacyLine::quantity)
                                    .orElse(0);
                }
            }
        }
        return units;
    }

    static @Nullable BigDecimal amount(OptionalLong cents) {
        return cents.isPresent() ? Money.ofCents(cents.getAsLong()) : null;
    }
}
