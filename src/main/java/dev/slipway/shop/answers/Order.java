package dev.slipway.shop.answers;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;

/// One order with its lines, in the order in which they were written.
///
/// @param status `pending, paid, shipped, delivered, cancelled, refunded, unknown`
/// @param total as the order states it; null if it is not known
/// @param orderedAt null if it is not known
public record Order(
        long id,
        String number,
        Buyer buyer,
        String status,
        @Nullable BigDecimal total,
        String currency,
        @Nullable Instant orderedAt,
        List<Line> lines) {

    public Order {
        lines = List.copyOf(lines);
    }

    /// Who bought, as written on the order.
    ///
    /// @param email null if there is none that could be one
    public record Buyer(String name, @Nullable String email) {}

    /// @param unitPrice null if it is not known
    public record Line(
            String sku,
            String title,
            VendorRef vendor,
            int quantity,
            @Nullable BigDecimal unitPrice,
            BigDecimal total,
            String status) {}
}
