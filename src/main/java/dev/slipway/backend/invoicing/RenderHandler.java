package dev.slipway.backend.invoicing;

import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRunState;
import dev.slipway.api.invoicing.MailState;
import dev.slipway.backend.invoicing.InvoiceJobs.RenderInvoice;
import dev.slipway.backend.invoicing.pdf.InvoicePdf;
import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.queues.JobHandler;

import org.jdbi.v3.core.Handle;

import java.io.IOException;
import java.util.Objects;

/// Renders an invoice's PDF and archives it. The bytes follow from the invoice alone, so a worker
/// that takes over after another died makes the same file; an archived invoice is never rendered
/// again.
final class RenderHandler implements JobHandler {
    private final Invoicing our;
    private final InvoicePdf pdf;

    RenderHandler(Invoicing our, InvoicePdf pdf) {
        this.our = our;
        this.pdf = pdf;
    }

    @Override
    public String type() {
        return InvoiceJobs.RENDER;
    }

    @Override
    public void run(JobContext job) throws IOException {
        var work = job.payload(RenderInvoice.class);
        StoredInvoice invoice =
                our.store.read(handle -> our.invoices.get(handle, work.invoiceId()));
        if (!wanted(invoice, work.draft())) {
            job.log("Nothing to do.");
            return;
        }
        byte[] bytes;
        String sha256;
        try {
            bytes = pdf.render(invoice.document(), invoice.issue());
            sha256 = our.archive.put(bytes);
        } catch (IOException | RuntimeException e) {
            if (!work.draft() && job.attempt() >= InvoiceJobs.ATTEMPTS) {
                our.store.writing(handle -> failed(handle, invoice.invoice(), e));
            }
            throw e;
        }
        boolean recorded =
                our.store.write(handle -> record(handle, invoice, sha256, bytes, work.draft()));
        String draft = invoice.invoice().pdfSha256();
        if (recorded && draft != null && !draft.equals(sha256)) {
            our.archive.remove(draft);
        }
        job.log("%d bytes, SHA-256 %s".formatted(bytes.length, sha256));
    }

    /// Nobody waits for a job that gave up: the run says that it stands still, and why.
    private void failed(Handle handle, Invoice invoice, Exception cause) {
        our.invoices.unrendered(
                handle, invoice.id(), Objects.requireNonNullElse(cause.getMessage(), "" + cause));
        our.runs.publish(handle, invoice.runId());
    }

    private boolean wanted(StoredInvoice stored, boolean draft) {
        Invoice invoice = stored.invoice();
        if (stored.archived() || draft != (invoice.number() == null)) {
            return false;
        }
        var run = our.store.read(handle -> our.runs.get(handle, invoice.runId()));
        return run.state() != InvoiceRunState.DISCARDED;
    }

    private boolean record(
            Handle handle, StoredInvoice stored, String sha256, byte[] bytes, boolean draft) {
        String id = stored.invoice().id();
        if (!our.invoices.rendered(handle, id, sha256, bytes.length, draft)) {
            return false;
        }
        Invoice invoice = our.invoices.publish(handle, id);
        if (!draft && invoice.mail() == MailState.QUEUED) {
            our.jobs.mail(handle, invoice, 1);
        }
        our.stepped(handle, invoice.runId());
        return true;
    }
}
