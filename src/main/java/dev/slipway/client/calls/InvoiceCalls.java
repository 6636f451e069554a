package dev.slipway.client.calls;

import dev.slipway.api.Page;
import dev.slipway.api.Paths;
import dev.slipway.api.Reason;
import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.StartInvoiceRun;
import dev.slipway.client.http.Calls;
import dev.slipway.client.http.ProblemException;

import org.jspecify.annotations.Nullable;

import java.time.LocalDate;

/// The monthly runs and the invoices that they made.
public final class InvoiceCalls {
    private final Calls calls;

    public InvoiceCalls(Calls calls) {
        this.calls = calls;
    }

    public Page<InvoiceRun> runs(@Nullable String cursor) throws ProblemException {
        return calls.page(calls.url(Paths.INVOICE_RUNS), cursor, InvoiceRun.class);
    }

    public InvoiceRun start(LocalDate businessDate) throws ProblemException {
        return calls.command(
                "POST", Paths.INVOICE_RUNS, new StartInvoiceRun(businessDate), InvoiceRun.class);
    }

    public InvoiceRun release(String runId) throws ProblemException {
        return calls.command("POST", Paths.INVOICE_RUN_RELEASE, null, InvoiceRun.class, runId);
    }

    public InvoiceRun retryRelease(String runId) throws ProblemException {
        return calls.command("POST", Paths.INVOICE_RUN_RETRY, null, InvoiceRun.class, runId);
    }

    public InvoiceRun discard(String runId, String reason) throws ProblemException {
        return calls.command(
                "POST", Paths.INVOICE_RUN_DISCARD, new Reason(reason), InvoiceRun.class, runId);
    }

    public Page<Invoice> ofRun(String runId, @Nullable String cursor) throws ProblemException {
        return calls.page(calls.url(Paths.INVOICE_RUN_INVOICES, runId), cursor, Invoice.class);
    }

    public Invoice one(String id) throws ProblemException {
        return calls.one(Paths.INVOICE, Invoice.class, id);
    }

    public Invoice resend(String invoiceId, String reason) throws ProblemException {
        return calls.command(
                "POST", Paths.INVOICE_RESEND, new Reason(reason), Invoice.class, invoiceId);
    }

    /// The bytes as they are archived and sent.
    public byte[] pdf(String invoiceId) throws ProblemException {
        return calls.bytes(calls.url(Paths.INVOICE_PDF, invoiceId));
    }
}
