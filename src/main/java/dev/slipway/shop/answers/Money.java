package dev.slipway.shop.answers;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;

/// Amounts of whole cents.
public final class Money {
    /// The only currency that the shops trade in.
    public static final String CURRENCY = "EUR";

    private Money() {}

    public static BigDecimal ofCents(long cents) {
        return BigDecimal.valueOf(cents, 2);
    }

    public static @Nullable BigDecimal ofCentsOrNull(@Nullable Long cents) {
        return cents == null ? null : ofCents(cents);
    }
}
