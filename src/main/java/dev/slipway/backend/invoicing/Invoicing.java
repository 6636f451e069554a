package dev.slipway.backend.invoicing;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;
import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.InvoiceRunState;
import dev.slipway.api.invoicing.MailState;
import dev.slipway.backend.invoicing.mail.MailSettings;
import dev.slipway.backend.invoicing.mail.Mailer;
import dev.slipway.backend.invoicing.pdf.InvoicePdf;
import dev.slipway.backend.invoicing.sales.SalesSource;
import dev.slipway.backend.queues.JobHandler;
import dev.slipway.backend.queues.JobQueue;
import dev.slipway.backend.schedules.Task;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;
import dev.slipway.backend.stream.SnapshotSource;
import dev.slipway.config.Configuration;

import org.jdbi.v3.core.Handle;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Everything that invoicing is made of, wired: one of it in each process that serves or works.
public final class Invoicing {
    private static final int RUNS_IN_SNAPSHOT = 60;
    private static final int INVOICES_IN_SNAPSHOT = 500;

    final InvoicingSettings settings;
    final StateStore store;
    final RunStore runs;
    final InvoiceStore invoices;
    final Outbox outbox = new Outbox();
    final InvoiceJobs jobs;
    final Archive archive;
    final SalesSource source;
    final Optional<Mailer> mailer;
    final InstantSource clock;

    private Invoicing(
            InvoicingSettings settings,
            SalesSource source,
            Optional<Mailer> mailer,
            StateStore store,
            Path state,
            Events events,
            JobQueue queue,
            ObjectMapper json,
            InstantSource clock) {
        this.settings = settings;
        this.source = source;
        this.mailer = mailer;
        this.store = store;
        this.runs = new RunStore(json, events);
        this.invoices = new InvoiceStore(json, events);
        this.jobs = new InvoiceJobs(queue);
        this.archive = new Archive(state.resolve("invoices"));
        this.clock = clock;
    }

    /// @param state the folder of the state database; the archive stands in it
    /// @return empty if the configuration has no section `invoicing`
    /// @throws dev.slipway.config.BadFile naming everything that is wrong in the configuration
    public static Optional<Invoicing> of(
            Configuration configuration,
            StateStore store,
            Path state,
            Events events,
            JobQueue queue,
            ObjectMapper json,
            InstantSource clock) {
        return InvoicingSettings.read(configuration)
                .map(
                        settings ->
                                new Invoicing(
                                        settings,
                                        new SalesSource(
                                                configuration.database(settings.database()),
                                                settings.vendorsSql(),
                                                settings.salesSql(),
                                                settings.terms().currency()),
                                        MailSettings.read(configuration),
                                        store,
                                        state,
                                        events,
                                        queue,
                                        json,
                                        clock));
    }

    public InvoiceService service() {
        return new InvoiceService(this);
    }

    /// The drafting of a business date, to be scheduled.
    public Task draftTask() {
        return new DraftTask(this);
    }

    /// What a console must hold to show the invoices as they stand: the latest runs, and the
    /// invoices of the latest of all.
    public SnapshotSource snapshot() {
        return () -> store.read(this::latest);
    }

    private List<Change> latest(Handle handle) {
        List<Change> latest = new ArrayList<>();
        List<InvoiceRun> found = runs.list(handle, null, RUNS_IN_SNAPSHOT);
        found.forEach(run -> latest.add(change(Kind.INVOICE_RUN, run.id(), run)));
        int room = INVOICES_IN_SNAPSHOT;
        for (InvoiceRun run : found) {
            List<Invoice> some = invoices.list(handle, run.id(), 0, room);
            some.forEach(invoice -> latest.add(change(Kind.INVOICE, invoice.id(), invoice)));
            room -= some.size();
        }
        return latest;
    }

    private Change change(Kind kind, String id, Object value) {
        return new Change(kind.wire(), id, clock.instant(), value);
    }

    public List<JobHandler> handlers() {
        var pdf = new InvoicePdf();
        return List.of(
                new DraftHandler(this, pdf), new RenderHandler(this, pdf), new MailHandler(this));
    }

    /// Orders again every job that a run may still want. A job whose work is done finds nothing to
    /// do.
    void resume(String runId) {
        store.writing(
                handle -> {
                    jobs.draft(handle, runs.get(handle, runId));
                    resumeInvoices(handle, runId, jobs);
                });
    }

    /// Orders the PDFs and mails of a run that are still outstanding.
    void resumeInvoices(Handle handle, String runId, InvoiceJobs orders) {
        for (Invoice invoice : invoices.list(handle, runId, 0, Integer.MAX_VALUE)) {
            if (invoice.draft()) {
                orders.render(handle, invoice, invoice.number() == null);
            } else if (invoice.mail() == MailState.QUEUED) {
                orders.mail(handle, invoice, outbox.latest(handle, invoice.id()));
            }
        }
    }

    /// Today where the seller is.
    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), settings.terms().zone());
    }

    /// Publishes an invoice's run after a step of that invoice; and when that was the last, ends
    /// the run.
    void stepped(Handle handle, String runId) {
        InvoiceRun run = runs.get(handle, runId);
        if (run.state() == InvoiceRunState.RELEASING && invoices.settled(handle, run)) {
            runs.move(handle, run, InvoiceRunState.RELEASED, null);
            runs.publish(handle, runId);
            return;
        }
        int done = run.rendered() + run.sent() + run.notSendable() + run.failed();
        // enough for a progress bar, without writing the run as often as its invoices
        if (done % (1 + run.invoices() / 100) == 0 || run.rendered() == run.invoices()) {
            runs.publish(handle, runId);
        }
    }
}
