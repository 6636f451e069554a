package dev.slipway.backend.invoicing;

import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.MailState;
import dev.slipway.backend.invoicing.InvoiceJobs.MailInvoice;
import dev.slipway.backend.invoicing.Outbox.Entry;
import dev.slipway.backend.invoicing.Outbox.State;
import dev.slipway.backend.invoicing.document.InvoiceDocument;
import dev.slipway.backend.invoicing.document.Words;
import dev.slipway.backend.invoicing.mail.InvoiceMail;
import dev.slipway.backend.invoicing.mail.Mailer;
import dev.slipway.backend.invoicing.mail.Mailer.NotSent;
import dev.slipway.backend.invoicing.mail.Mailer.Outcome;
import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.queues.JobFailure;
import dev.slipway.backend.queues.JobHandler;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Instant;

/// Sends one version of an invoice's mail, with the archived bytes. What was handed over and has no
/// known outcome is never sent again by itself: a person decides.
final class MailHandler implements JobHandler {
    private final Invoicing our;

    MailHandler(Invoicing our) {
        this.our = our;
    }

    @Override
    public String type() {
        return InvoiceJobs.MAIL;
    }

    @Override
    public void run(JobContext job) throws IOException, JobFailure {
        var work = job.payload(MailInvoice.class);
        Entry mail =
                our.store
                        .read(h -> our.outbox.find(h, work.invoiceId(), work.version()))
                        .orElseThrow();
        switch (mail.state()) {
            case SENT, UNKNOWN -> job.log("Nothing to do: the mail is " + mail.state() + ".");
            case SENDING -> {
                job.log("A worker died while it handed the mail over.");
                end(
                        mail,
                        State.UNKNOWN,
                        "The mail was handed over, but its outcome is not known: ask the vendor"
                                + " before sending again.");
            }
            case QUEUED, FAILED -> send(job, mail);
        }
    }

    private void send(JobContext job, Entry mail) throws IOException, JobFailure {
        Mailer mailer =
                our.mailer.orElseThrow(
                        () -> new JobFailure("No mail is configured any more.", true, null));
        StoredInvoice invoice =
                our.store.read(handle -> our.invoices.get(handle, mail.invoiceId()));
        String sha256 = String.valueOf(invoice.invoice().pdfSha256());
        InvoiceMail message = message(invoice, mail, our.archive.get(sha256));
        try {
            Outcome outcome = mailer.send(message, () -> begin(mail, sha256));
            switch (outcome) {
                case Outcome.Accepted() -> {
                    job.log("Accepted by " + mailer.describe() + " for " + mail.recipient());
                    accepted(mail, sha256);
                }
                case Outcome.Unknown(String reason) -> end(mail, State.UNKNOWN, reason);
                case Outcome.Yielded() -> job.log("Another worker sends it.");
                case Outcome.Rejected(String reason) -> {
                    end(mail, State.FAILED, reason);
                    throw new JobFailure(reason, false, null);
                }
            }
        } catch (NotSent e) {
            notSent(job, mail, e);
        }
    }

    private boolean begin(Entry mail, String sha256) {
        return our.store.write(h -> our.outbox.begin(h, mail, sha256, our.clock.instant()));
    }

    /// A mailer that never doubts, such as a folder, did not ask at the gate: then the mail begins
    /// and ends at once.
    private void accepted(Entry mail, String sha256) {
        our.store.writing(
                handle -> {
                    our.outbox.begin(handle, mail, sha256, our.clock.instant());
                    end(handle, mail, State.SENT, null);
                });
    }

    private void notSent(JobContext job, Entry mail, NotSent e) throws JobFailure {
        boolean last = job.attempt() >= InvoiceJobs.ATTEMPTS;
        end(mail, last ? State.FAILED : State.QUEUED, e.getMessage());
        throw new JobFailure(String.valueOf(e.getMessage()), true, e);
    }

    private void end(Entry mail, State state, @Nullable String reason) {
        our.store.writing(handle -> end(handle, mail, state, reason));
    }

    private void end(Handle handle, Entry mail, State state, @Nullable String reason) {
        Instant now = our.clock.instant();
        if (!our.outbox.end(handle, mail, state, reason, now)) {
            return;
        }
        boolean sent = state == State.SENT;
        MailState shown = MailState.valueOf(state.name());
        our.invoices.mail(handle, mail.invoiceId(), shown, reason, sent ? now : null);
        our.stepped(handle, our.invoices.publish(handle, mail.invoiceId()).runId());
    }

    private InvoiceMail message(StoredInvoice stored, Entry mail, byte[] pdf) {
        Invoice invoice = stored.invoice();
        InvoiceDocument document = stored.document();
        var words = new Words(document.locale(), document.currency());
        String number = String.valueOf(invoice.number());
        String day = words.date(document.businessDate());
        String file = number.replaceAll("[^A-Za-z0-9._-]", "-");
        return new InvoiceMail(
                mail.messageId(),
                mail.version() == 1 ? file : file + "-v" + mail.version(),
                mail.recipient(),
                words.text("mail.subject", number, day),
                words.text(
                        "mail.body",
                        invoice.vendorName(),
                        number,
                        words.money(document.gross()),
                        day,
                        words.date(invoice.dueDate()),
                        document.seller().name()),
                mail.requestedAt(),
                file + ".pdf",
                pdf);
    }
}
