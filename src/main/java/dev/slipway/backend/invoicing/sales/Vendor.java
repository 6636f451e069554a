package dev.slipway.backend.invoicing.sales;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.List;

/// A vendor as the shop's database knows it.
///
/// @param key what sales name it by
/// @param email null if the shop knows none
/// @param address its lines without name and country
/// @param country ISO 3166 alpha-2, upper case; empty if unknown
/// @param taxId null if unknown
/// @param commissionRate share of the sales, 0.125 for 12.5 %; null if the vendor has none
public record Vendor(
        String key,
        String name,
        @Nullable String email,
        List<String> address,
        String country,
        @Nullable String taxId,
        @Nullable BigDecimal commissionRate) {

    public Vendor {
        address = List.copyOf(address);
    }
}
