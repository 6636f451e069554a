package dev.slipway.backend.invoicing;

import com.fasterxml.jackson.databind.ObjectMapper;

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
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;
import dev.slipway.config.Configuration;

import org.jdbi.v3.core.Handle;

import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/// Everything that invoicing is made of, wired: one of it in each process that serves or works.
public final class Invoicing {
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

    public List<JobHandler> handlers() {
        return List.of(
                new DraftHandler(this),
                new RenderHandler(this, new InvoicePdf()),
                new MailHandler(this));
    }

    /// Orders again every job that a run may still want. A job whose work is done finds nothing to
    /// do.
    void resume(String runId) {
        store.writing(
                handle -> {
                    jobs.draft(handle, runs.get(handle, runId));
                    for (Invoice invoice : invoices.list(handle, runId, 0, Integer.MAX_VALUE)) {
                        if (invoice.draft()) {
                            jobs.render(handle, invoice, invoice.number() == null);
                        } else if (invoice.mail() == MailState.QUEUED) {
                            jobs.mail(handle, invoice, outbox.latest(handle, invoice.id()));
                        }
                    }
                });
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
