package dev.slipway.backend.invoicing.document;

import java.util.List;

/// What a day's sales come to.
///
/// @param invoices by vendor name, then key, then currency
/// @param remarks what is out of the ordinary, for a person
public record Draft(List<InvoiceDocument> invoices, List<String> remarks) {

    public Draft {
        invoices = List.copyOf(invoices);
        remarks = List.copyOf(remarks);
    }
}
