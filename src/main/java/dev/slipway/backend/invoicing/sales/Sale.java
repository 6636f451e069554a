package dev.slipway.backend.invoicing.sales;

import java.math.BigDecimal;

/// One line of an order: what a vendor sold.
///
/// @param orderId what tells orders apart; two may bear the same number
/// @param orderNo what people call the order
/// @param at when, as the database gave it; only orders lines among each other
/// @param quantity pieces
/// @param amount what the buyer paid for all of them
/// @param currency ISO 4217
public record Sale(
        String vendorKey,
        String orderId,
        String orderNo,
        String at,
        String description,
        BigDecimal quantity,
        BigDecimal amount,
        String currency) {}
