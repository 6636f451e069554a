package dev.slipway.sandbox.legacy;

import dev.slipway.shop.answers.VendorRef;

import org.jspecify.annotations.Nullable;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/// Finds vendors by their names, the only thing that ties them to products and order lines. Of
/// several of one name, case and blanks aside, the lowest number is the vendor.
final class VendorNames {
    private static final String BY_NAME =
            """
            SELECT vendor_id, trim(vendor_name) AS name FROM vendors
            WHERE lower(trim(vendor_name)) = lower(trim(?)) ORDER BY vendor_id LIMIT 1""";
    private static final String BY_ID = "SELECT vendor_name FROM vendors WHERE vendor_id = ?";

    private VendorNames() {}

    static Optional<VendorRef> find(Connection connection, @Nullable String name)
            throws SQLException {
        try (var query = connection.prepareStatement(BY_NAME)) {
            query.setString(1, name);
            try (var rows = query.executeQuery()) {
                return rows.next()
                        ? Optional.of(new VendorRef(rows.getLong(1), rows.getString(2)))
                        : Optional.empty();
            }
        }
    }

    /// The vendor of a number; empty if there is none, or another number is that vendor's.
    static Optional<VendorRef> find(Connection connection, long id) throws SQLException {
        try (var query = connection.prepareStatement(BY_ID)) {
            query.setLong(1, id);
            try (var rows = query.executeQuery()) {
                if (!rows.next()) {
                    return Optional.empty();
                }
                return find(connection, rows.getString(1)).filter(vendor -> vendor.id() == id);
            }
        }
    }
}
