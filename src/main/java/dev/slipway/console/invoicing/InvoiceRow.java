package dev.slipway.console.invoicing;

import dev.slipway.api.invoicing.Invoice;
import dev.slipway.console.command.Wording;
import dev.slipway.console.table.Figures;

import java.util.Locale;
import java.util.Objects;

/// An invoice as the table shows it.
///
/// @param mail what became of its mail, with the reason if there is one
public record InvoiceRow(
        Invoice invoice, String number, String email, String mail, String searched) {

    static InvoiceRow of(Invoice invoice, Wording words) {
        String state = words.of("mailState", invoice.mail());
        String reason = invoice.mailReason();
        String number = Objects.requireNonNullElse(invoice.number(), Figures.UNKNOWN);
        String email = Objects.requireNonNullElse(invoice.email(), "");
        return new InvoiceRow(
                invoice,
                number,
                email,
                reason == null || reason.isBlank() ? state : state + ": " + reason,
                String.join(" ", number, invoice.vendorName(), invoice.vendorKey(), email, state)
                        .toLowerCase(Locale.ROOT));
    }

    boolean has(String text) {
        return searched.contains(text.toLowerCase(Locale.ROOT).strip());
    }
}
