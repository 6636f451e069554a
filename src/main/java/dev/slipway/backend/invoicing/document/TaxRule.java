package dev.slipway.backend.invoicing.document;

import java.math.BigDecimal;

/// How vendors of one country are taxed.
///
/// @param percent 19 for 19 %
/// @param note what must stand on the invoice; may be empty
public record TaxRule(TaxCategory category, BigDecimal percent, String note) {}
