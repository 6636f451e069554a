package dev.slipway.shop.answers;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.List;

/// Active products in the order of their numbers.
///
/// @param next what to give as `after` for the following page; null on the last one
public record ProductPage(List<Item> items, @Nullable Long next) {

    public ProductPage {
        items = List.copyOf(items);
    }

    /// @param price null if it is not known
    /// @param category its slug; null if the product is in none
    /// @param unitsSold pieces on lines that are neither cancelled nor refunded
    public record Item(
            long id,
            String sku,
            String title,
            @Nullable BigDecimal price,
            String currency,
            VendorRef vendor,
            @Nullable String category,
            long unitsSold) {}
}
