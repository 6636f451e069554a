package dev.slipway.client.kept;

import dev.slipway.api.events.Kind;
import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.client.offline.ListQuery;
import dev.slipway.client.offline.OfflineStore;
import dev.slipway.client.offline.Query;
import dev.slipway.client.offline.Shelf;

import java.util.Comparator;
import java.util.List;

/// What is kept of invoicing. PDFs are kept by their hash: [OfflineStore#pdf].
public final class Invoices {
    private Invoices() {}

    /// The runs, the latest business date first, then the latest made.
    public static Query<List<InvoiceRun>> runs() {
        return Shelf.all(
                Kind.INVOICE_RUN,
                InvoiceRun.class,
                Comparator.comparing(InvoiceRun::businessDate)
                        .thenComparing(InvoiceRun::createdAt)
                        .reversed());
    }

    /// The invoices of a run that are kept, by vendor.
    public static Query<List<Invoice>> of(String runId) {
        return Shelf.of(
                Kind.INVOICE,
                Invoice.class,
                runId,
                Comparator.comparing(Invoice::vendorName).thenComparing(Invoice::id));
    }

    /// The invoices of a run by pages.
    public static ListQuery<Invoice> pages(String runId) {
        return new ListQuery<>(
                "invoices/" + runId, Kind.INVOICE.wire(), Invoice.class, Invoice::id);
    }
}
