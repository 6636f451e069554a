package dev.slipway.shop.answers;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.List;

/// Vendors in the order of their numbers.
///
/// @param next what to give as `after` for the following page; null on the last one
public record VendorPage(List<Item> items, @Nullable Long next) {

    public VendorPage {
        items = List.copyOf(items);
    }

    /// @param country two letters, ISO 3166
    /// @param commissionPercent null if it is not known
    /// @param status `active, inactive, blocked, unknown`
    public record Item(
            long id,
            String name,
            @Nullable String email,
            String country,
            @Nullable BigDecimal commissionPercent,
            String status) {}
}
