package dev.slipway.backend.invoicing;

import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.backend.queues.JobQueue;
import dev.slipway.backend.queues.JobQueue.NewJob;

import org.jdbi.v3.core.Handle;

import java.util.function.BiConsumer;

/// The jobs of an invoice run. Their keys name the work, so asking twice is asking once.
final class InvoiceJobs {
    static final String QUEUE = "invoicing";
    static final String DRAFT = "invoice.draft";
    static final String RENDER = "invoice.render";
    static final String MAIL = "invoice.mail";
    static final int ATTEMPTS = 5;

    private final JobQueue queue;
    private final BiConsumer<Handle, NewJob> order;

    InvoiceJobs(JobQueue queue) {
        this(queue, queue::publish);
    }

    private InvoiceJobs(JobQueue queue, BiConsumer<Handle, NewJob> order) {
        this.queue = queue;
        this.order = order;
    }

    record DraftRun(String runId) {}

    /// @param draft whether the draft is meant, or the final PDF
    record RenderInvoice(String invoiceId, boolean draft) {}

    record MailInvoice(String invoiceId, int version) {}

    /// @return the job's id
    String draft(Handle handle, InvoiceRun run) {
        return queue.publish(handle, draft(run));
    }

    /// Drafts a run that failed once more.
    ///
    /// @return the job's id
    String draftAgain(Handle handle, InvoiceRun run, String user) {
        return queue.again(handle, draft(run), user);
    }

    private static NewJob draft(InvoiceRun run) {
        return new NewJob(
                QUEUE,
                DRAFT,
                run.businessDate().toString(),
                DRAFT + ":" + run.id(),
                new DraftRun(run.id()),
                ATTEMPTS);
    }

    void render(Handle handle, Invoice invoice, boolean draft) {
        publish(
                handle,
                RENDER,
                subject(invoice),
                invoice.id() + (draft ? ":draft" : ":final"),
                new RenderInvoice(invoice.id(), draft));
    }

    void mail(Handle handle, Invoice invoice, int version) {
        publish(
                handle,
                MAIL,
                subject(invoice),
                invoice.id() + ":" + version,
                new MailInvoice(invoice.id(), version));
    }

    /// The same jobs, but one that died or was discarded is put back into its queue.
    InvoiceJobs again(String user) {
        return new InvoiceJobs(queue, (handle, job) -> queue.again(handle, job, user));
    }

    private void publish(Handle handle, String type, String subject, String key, Object payload) {
        order.accept(handle, new NewJob(QUEUE, type, subject, type + ":" + key, payload, ATTEMPTS));
    }

    private static String subject(Invoice invoice) {
        String what =
                invoice.number() == null ? invoice.businessDate().toString() : invoice.number();
        return what + " · " + invoice.vendorName();
    }
}
