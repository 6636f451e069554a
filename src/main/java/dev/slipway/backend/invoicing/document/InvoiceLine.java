package dev.slipway.backend.invoicing.document;

import java.math.BigDecimal;

/// The commission on one order.
///
/// @param quantity pieces of the vendor's in the order
/// @param sales what the buyer paid for them
/// @param rate share, 0.125 for 12.5 %
/// @param net the commission: sales × rate, rounded half up to the currency's smallest part
public record InvoiceLine(
        String orderNo,
        String description,
        BigDecimal quantity,
        BigDecimal sales,
        BigDecimal rate,
        BigDecimal net) {}
