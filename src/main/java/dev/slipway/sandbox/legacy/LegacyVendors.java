package dev.slipway.sandbox.legacy;

import dev.slipway.shop.answers.Dashboard;
import dev.slipway.shop.answers.Emails;
import dev.slipway.shop.answers.VendorPage;
import dev.slipway.shop.answers.VendorRef;
import dev.slipway.shop.http.Problem;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Vendors and their dashboards from the legacy database.
final class LegacyVendors {
    private static final String ALL =
            """
            SELECT vendor_id, trim(vendor_name) AS name, email, country, commission, status
            FROM vendors v
            WHERE vendor_id > ? AND NOT EXISTS (
              SELECT 1 FROM vendors w WHERE w.vendor_id < v.vendor_id
                AND lower(trim(w.vendor_name)) = lower(trim(v.vendor_name)))
            ORDER BY vendor_id LIMIT ?""";
    private static final String SALES =
            """
            SELECT DISTINCT order_id, product_id, product_title, qty, line_total, order_date, status
            FROM order_lines l
            WHERE lower(trim(vendor_name)) = lower(?)
              AND EXISTS (SELECT 1 FROM orders o WHERE o.order_id = l.order_id)""";

    private LegacyVendors() {}

    static VendorPage page(Connection connection, long after, int limit) throws SQLException {
        List<VendorPage.Item> items = new ArrayList<>();
        try (var query = connection.prepareStatement(ALL)) {
            query.setLong(1, after);
            query.setInt(2, limit + 1);
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    if (items.size() == limit) {
                        return new VendorPage(items, items.getLast().id());
                    }
                    items.add(item(rows));
                }
            }
        }
        return new VendorPage(items, null);
    }

    private static VendorPage.Item item(ResultSet row) throws SQLException {
        String email = row.getString("email");
        return new VendorPage.Item(
                row.getLong("vendor_id"),
                row.getString("name"),
                Emails.normal(email == null ? "" : email).orElse(null),
                LegacyValues.country(row.getString("country")),
                LegacyValues.commission(row.getString("commission")),
                LegacyValues.vendorStatus(row.getString("status")));
    }

    /// Scans all order lines: a vendor is known by name there.
    static Dashboard dashboard(Connection connection, long id) throws SQLException {
        VendorRef vendor =
                VendorNames.find(connection, id).orElseThrow(() -> Problem.notFound("vendor", id));
        var sales = new Sales();
        try (var query = connection.prepareStatement(SALES)) {
            query.setString(1, vendor.name());
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    sales.add(rows);
                }
            }
        }
        return sales.dashboard(vendor);
    }
}
