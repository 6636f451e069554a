package dev.slipway.backend.invoicing.document;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.time.ZoneId;

/// On what terms the marketplace invoices its vendors.
///
/// @param fallbackRate commission of vendors without a rate of their own; null leaves them out
/// @param currency ISO 4217, of the run's totals
/// @param locale a BCP 47 tag
public record Terms(
        Party seller,
        Bank bank,
        ZoneId zone,
        String locale,
        String currency,
        int paymentDays,
        @Nullable BigDecimal fallbackRate,
        TaxPolicy taxes) {}
