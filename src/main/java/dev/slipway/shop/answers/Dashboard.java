package dev.slipway.shop.answers;

import java.math.BigDecimal;
import java.util.List;

/// How a vendor does: sales are lines that are neither cancelled nor refunded.
///
/// @param undated the part of the revenue whose month is not known
/// @param months those with sales, oldest first
/// @param topProducts the ten with the most revenue
public record Dashboard(
        VendorRef vendor,
        String currency,
        BigDecimal revenue,
        BigDecimal undated,
        long orders,
        long units,
        List<Month> months,
        List<TopProduct> topProducts) {

    /// How many products the dashboard shows.
    public static final int TOP = 10;

    public Dashboard {
        months = List.copyOf(months);
        topProducts = List.copyOf(topProducts);
    }

    /// @param month for example `2026-03`, in UTC
    public record Month(String month, BigDecimal revenue, long orders, long units) {}

    public record TopProduct(String sku, String title, BigDecimal revenue, long units) {}
}
