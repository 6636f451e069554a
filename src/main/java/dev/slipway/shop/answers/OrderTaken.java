package dev.slipway.shop.answers;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/// What became of an order.
///
/// @param reference what the sender calls it
/// @param state `waiting` while the legacy shop has not taken it, `taken`, or `refused` by it
/// @param id the order's number in the database; null until it is taken
/// @param reason why it was refused, else null
public record OrderTaken(
        String reference,
        String state,
        @Nullable Long id,
        BigDecimal total,
        String currency,
        @Nullable String reason) {
    public static final String WAITING = "waiting";
    public static final String TAKEN = "taken";
    public static final String REFUSED = "refused";
}
