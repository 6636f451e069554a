package dev.slipway.sandbox.legacy;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/// What the legacy application makes of an order line. A line counts only if its quantity and its
/// total can be read.
record LegacyLine(int quantity, long cents, String status) {

    static Optional<LegacyLine> read(ResultSet row) throws SQLException {
        var quantity = LegacyValues.quantity(row.getString("qty"));
        var cents = LegacyValues.cents(row.getString("line_total"));
        return quantity.isPresent() && cents.isPresent()
                ? Optional.of(
                        new LegacyLine(
                                quantity.getAsInt(),
                                cents.getAsLong(),
                                LegacyValues.status(row.getString("status"))))
                : Optional.empty();
    }

    /// Whether it counts as a sale.
    boolean sale() {
        return !status.equals("cancelled") && !status.equals("refunded");
    }
}
