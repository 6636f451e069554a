package dev.slipway.console.invoicing;

import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.client.BackendClient;
import dev.slipway.client.http.ProblemException;

import java.time.LocalDate;

/// What can be done with invoice runs and invoices. Each call blocks.
public interface InvoiceCommands {
    InvoiceRun draft(LocalDate businessDate) throws ProblemException;

    InvoiceRun release(String runId) throws ProblemException;

    InvoiceRun retry(String runId) throws ProblemException;

    InvoiceRun discard(String runId, String reason) throws ProblemException;

    Invoice resend(String invoiceId, String reason) throws ProblemException;

    /// Over HTTP.
    static InvoiceCommands of(BackendClient client) {
        return new InvoiceCommands() {
            @Override
            public InvoiceRun draft(LocalDate businessDate) throws ProblemException {
                return client.invoices().start(businessDate);
            }

            @Override
            public InvoiceRun release(String runId) throws ProblemException {
                return client.invoices().release(runId);
            }

            @Override
            public InvoiceRun retry(String runId) throws ProblemException {
                return client.invoices().retryRelease(runId);
            }

            @Override
            public InvoiceRun discard(String runId, String reason) throws ProblemException {
                return client.invoices().discard(runId, reason);
            }

            @Override
            public Invoice resend(String invoiceId, String reason) throws ProblemException {
                return client.invoices().resend(invoiceId, reason);
            }
        };
    }
}
