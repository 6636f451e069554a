package dev.slipway.shop.answers;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/// One product.
///
/// @param price null if it is not known
/// @param category its slug; null if the product is in none
/// @param stock null if it is not known
/// @param unitsSold pieces on lines that are neither cancelled nor refunded
public record Product(
        long id,
        String sku,
        String title,
        @Nullable BigDecimal price,
        String currency,
        VendorRef vendor,
        @Nullable String category,
        @Nullable Integer stock,
        boolean active,
        long unitsSold) {}
