package dev.slipway.backend.invoicing;

import dev.slipway.api.invoicing.Invoice;
import dev.slipway.backend.invoicing.document.InvoiceDocument;
import dev.slipway.backend.invoicing.document.Issue;

import java.time.LocalDate;

/// An invoice as the state database keeps it.
///
/// @param position in its run, from 1; numbers are given in this order
/// @param document what it says, fixed when it was drafted
record StoredInvoice(Invoice invoice, int position, LocalDate issuedOn, InvoiceDocument document) {

    Issue issue() {
        return new Issue(invoice.id(), invoice.number(), issuedOn, invoice.dueDate());
    }

    /// Whether the PDF that is to stand for ever stands.
    boolean archived() {
        return !invoice.draft();
    }
}
