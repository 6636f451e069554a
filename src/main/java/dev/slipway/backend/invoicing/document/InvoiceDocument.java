package dev.slipway.backend.invoicing.document;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;

/// What an invoice says, but for its number and dates of issue. It is fixed when it is drafted:
/// what someone looked at is what is released.
///
/// @param businessDate the day whose sales are invoiced, in the seller's zone
/// @param zone the seller's zone
/// @param locale of words, numbers and dates: a BCP 47 tag
/// @param currency ISO 4217, of every amount
/// @param paymentDays due so many days after the date of issue
public record InvoiceDocument(
        Party seller,
        Bank bank,
        Party buyer,
        LocalDate businessDate,
        String zone,
        String locale,
        String currency,
        int paymentDays,
        List<InvoiceLine> lines,
        List<TaxTotal> taxes,
        BigDecimal net,
        BigDecimal tax,
        BigDecimal gross) {

    public InvoiceDocument {
        lines = List.copyOf(lines);
        taxes = List.copyOf(taxes);
    }
}
