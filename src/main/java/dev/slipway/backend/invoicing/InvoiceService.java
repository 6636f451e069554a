package dev.slipway.backend.invoicing;

import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.InvoiceRunState;
import dev.slipway.api.invoicing.MailState;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.invoicing.document.MailAddress;
import dev.slipway.backend.invoicing.sales.BadQuery;
import dev.slipway.backend.invoicing.sales.Vendor;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Year;
import java.util.List;
import java.util.Optional;

/// What people do with invoice runs. Each act is one effect: with its events and jobs it happens as
/// a whole or not at all.
public final class InvoiceService {
    private static final System.Logger LOG = System.getLogger(InvoiceService.class.getName());

    private final Invoicing our;

    InvoiceService(Invoicing our) {
        this.our = our;
    }

    /// Begins the run of a business date.
    ///
    /// @throws Refused 400 for a date to come, 409 if the date has a run that was not discarded
    public Effect<InvoiceRun> start(LocalDate date, String user) {
        if (date.isAfter(our.today())) {
            throw Refused.badRequest(
                    "businessDate",
                    "%s is still to come in %s."
                            .formatted(date, our.settings.terms().zone().getId()));
        }
        return Effect.of(
                handle -> {
                    our.runs
                            .standing(handle, date)
                            .ifPresent(
                                    run -> {
                                        throw Refused.conflict(
                                                ("%s already has the run %s (%s). Discard it first,"
                                                                + " if it is not released.")
                                                        .formatted(date, run.id(), run.state()));
                                    });
                    InvoiceRun run =
                            our.runs.begin(
                                    handle,
                                    date,
                                    our.settings.terms().currency(),
                                    user,
                                    our.clock.instant());
                    our.jobs.draft(handle, run);
                    return run;
                });
    }

    /// Gives every invoice of a run its number and orders its final PDF. The numbers are taken in
    /// the same transaction that writes them down: whatever dies, there is no gap and no double.
    public Effect<InvoiceRun> release(String runId, String user) {
        return Effect.of(
                handle -> {
                    InvoiceRun run = run(handle, runId);
                    if (!our.runs.move(handle, run, InvoiceRunState.RELEASING, null)) {
                        throw cannot("released", run);
                    }
                    Instant now = our.clock.instant();
                    our.runs.released(handle, runId, user, now);
                    for (Invoice draft : our.invoices.list(handle, runId, 0, Integer.MAX_VALUE)) {
                        number(handle, draft.id(), user, now);
                    }
                    if (our.invoices.settled(handle, run)) {
                        our.runs.move(
                                handle,
                                our.runs.get(handle, runId),
                                InvoiceRunState.RELEASED,
                                null);
                    }
                    return our.runs.publish(handle, runId);
                });
    }

    /// Takes up a release that stands still: orders again what is outstanding. What is on its way
    /// already is not disturbed, so a second press of the button is harmless.
    public Effect<InvoiceRun> retry(String runId, String user) {
        return Effect.of(
                handle -> {
                    InvoiceRun run = run(handle, runId);
                    if (run.state() != InvoiceRunState.RELEASING
                            && run.state() != InvoiceRunState.RELEASE_FAILED) {
                        throw cannot("retried", run);
                    }
                    our.invoices.forgetProblems(handle, runId);
                    our.resumeInvoices(handle, runId, our.jobs.again(user));
                    return our.runs.publish(handle, runId);
                });
    }

    /// Gives up a run that has no numbers yet; its date may then be run again.
    public Effect<InvoiceRun> discard(String runId, String reason) {
        return Effect.of(
                handle -> {
                    InvoiceRun run = run(handle, runId);
                    if (!our.runs.move(handle, run, InvoiceRunState.DISCARDED, reason)) {
                        throw cannot("discarded", run);
                    }
                    return our.runs.publish(handle, runId);
                });
    }

    /// Sends a released invoice once more, as a new version, to the address that the shop has now.
    public Effect<Invoice> resend(String invoiceId, String user) {
        StoredInvoice before = our.store.read(handle -> stored(handle, invoiceId));
        refuseUnlessResendable(before);
        String recipient = address(before);
        return Effect.of(
                handle -> {
                    StoredInvoice invoice = stored(handle, invoiceId);
                    refuseUnlessResendable(invoice);
                    our.invoices.recipient(handle, invoiceId, recipient);
                    queueMail(handle, invoice.invoice(), recipient, user, our.clock.instant());
                    our.runs.publish(handle, invoice.invoice().runId());
                    return our.invoices.publish(handle, invoiceId);
                });
    }

    public Optional<InvoiceRun> run(String runId) {
        return our.store.read(handle -> our.runs.find(handle, runId));
    }

    /// Runs, the latest date first.
    public List<InvoiceRun> runs(@Nullable String after, int limit) {
        return our.store.read(handle -> our.runs.list(handle, after, limit));
    }

    /// A run's invoices by position.
    public List<Invoice> invoices(String runId, int after, int limit) {
        return our.store.read(handle -> our.invoices.list(handle, runId, after, limit));
    }

    public Optional<Invoice> invoice(String invoiceId) {
        return our.store.read(
                handle -> our.invoices.find(handle, invoiceId).map(StoredInvoice::invoice));
    }

    /// The run of a date that was not discarded.
    Optional<InvoiceRun> standing(LocalDate date) {
        return our.store.read(handle -> our.runs.standing(handle, date));
    }

    /// The bytes of the PDF that stands.
    ///
    /// @throws Refused 404 if it is not rendered yet
    public byte[] pdf(Invoice invoice) throws IOException {
        if (invoice.pdfSha256() == null) {
            throw new Refused(
                    404,
                    "not-found",
                    "The PDF of invoice '%s' is not rendered yet.".formatted(invoice.id()),
                    List.of());
        }
        return our.archive.get(invoice.pdfSha256());
    }

    private InvoiceRun run(Handle handle, String runId) {
        return our.runs
                .find(handle, runId)
                .orElseThrow(() -> Refused.notFound("invoice run", runId));
    }

    private StoredInvoice stored(Handle handle, String invoiceId) {
        return our.invoices
                .find(handle, invoiceId)
                .orElseThrow(() -> Refused.notFound("invoice", invoiceId));
    }

    private void number(Handle handle, String invoiceId, String user, Instant now) {
        StoredInvoice draft = our.invoices.get(handle, invoiceId);
        LocalDate today = our.today();
        Year year = Year.from(today);
        var series = our.settings.series();
        String number = series.number(year, our.invoices.next(handle, series.name(year)));
        our.invoices.number(
                handle, invoiceId, number, today, today.plusDays(draft.document().paymentDays()));
        Invoice invoice = our.invoices.get(handle, invoiceId).invoice();
        our.jobs.render(handle, invoice, false);
        String unsendable = unsendable(invoice.email());
        if (unsendable == null && invoice.email() != null) {
            queueMail(handle, invoice, invoice.email(), user, now);
        } else {
            our.invoices.mail(handle, invoiceId, MailState.NOT_SENDABLE, unsendable, null);
        }
        our.invoices.publish(handle, invoiceId);
    }

    /// The mail's job is ordered at once when the PDF stands, else by whoever archives it.
    private void queueMail(
            Handle handle, Invoice invoice, String recipient, String user, Instant now) {
        int version =
                our.outbox.add(
                        handle,
                        invoice.id(),
                        String.valueOf(invoice.number()),
                        recipient,
                        our.mailer.orElseThrow().domain(),
                        user,
                        now);
        our.invoices.mail(handle, invoice.id(), MailState.QUEUED, null, null);
        if (!invoice.draft()) {
            our.jobs.mail(handle, invoice, version);
        }
    }

    private @Nullable String unsendable(@Nullable String email) {
        if (our.mailer.isEmpty()) {
            return "No mail is configured (section 'mail').";
        }
        if (email == null) {
            return "The vendor has no e-mail address.";
        }
        return MailAddress.usable(email)
                ? null
                : "'" + email + "' is not an address that mail can be sent to.";
    }

    private void refuseUnlessResendable(StoredInvoice stored) {
        if (!stored.archived()) {
            throw Refused.conflict(
                    "Invoice '%s' is not archived yet: nothing can be sent."
                            .formatted(stored.invoice().id()));
        }
        if (stored.invoice().mail() == MailState.QUEUED) {
            throw Refused.conflict(
                    "A mail of invoice %s is still under way."
                            .formatted(stored.invoice().number()));
        }
    }

    /// The address that the shop has now, or the known one if the shop can't be asked.
    private String address(StoredInvoice stored) {
        String email = stored.invoice().email();
        try {
            email =
                    our
                            .source
                            .vendors(stored.invoice().businessDate(), our.settings.terms().zone())
                            .stream()
                            .filter(v -> v.key().equals(stored.invoice().vendorKey()))
                            .findFirst()
                            .map(Vendor::email)
                            .orElse(null);
        } catch (JdbiException | BadQuery e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the shop can't be asked for an address; the known one is used",
                    e);
        }
        String unsendable = unsendable(email);
        if (unsendable != null || email == null) {
            throw Refused.conflict(
                    "Invoice %s was not sent. %s Correct it in the shop, then send again."
                            .formatted(stored.invoice().number(), unsendable));
        }
        return email;
    }

    private static Refused cannot(String act, InvoiceRun run) {
        return Refused.conflict(
                "The run %s is %s and can't be %s.".formatted(run.id(), run.state(), act));
    }
}
