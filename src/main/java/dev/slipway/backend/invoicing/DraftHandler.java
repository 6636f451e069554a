package dev.slipway.backend.invoicing;

import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.InvoiceRunState;
import dev.slipway.backend.invoicing.InvoiceJobs.DraftRun;
import dev.slipway.backend.invoicing.document.Draft;
import dev.slipway.backend.invoicing.document.Drafting;
import dev.slipway.backend.invoicing.document.InvoiceDocument;
import dev.slipway.backend.invoicing.pdf.InvoicePdf;
import dev.slipway.backend.invoicing.sales.BadQuery;
import dev.slipway.backend.invoicing.sales.SalesDay;
import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.queues.JobFailure;
import dev.slipway.backend.queues.JobHandler;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// Reads the sales of a run's date and drafts its invoices, all in one transaction: a run is never
/// half drafted.
final class DraftHandler implements JobHandler {
    private static final int NAMED = 3;

    private final Invoicing our;
    private final InvoicePdf pdf;

    DraftHandler(Invoicing our, InvoicePdf pdf) {
        this.our = our;
        this.pdf = pdf;
    }

    @Override
    public String type() {
        return InvoiceJobs.DRAFT;
    }

    @Override
    public void run(JobContext job) throws JobFailure {
        String runId = job.payload(DraftRun.class).runId();
        InvoiceRun run = our.store.read(handle -> our.runs.find(handle, runId)).orElse(null);
        if (run == null || !awaitsDraft(run)) {
            job.log("Nothing to do: the run is " + (run == null ? "gone" : run.state()) + ".");
            return;
        }
        Draft draft = draft(job, run);
        job.log(
                "%d invoices, %d remarks."
                        .formatted(draft.invoices().size(), draft.remarks().size()));
        our.store.writing(handle -> write(handle, runId, draft));
        job.progress(draft.invoices().size(), draft.invoices().size());
    }

    private Draft draft(JobContext job, InvoiceRun run) throws JobFailure {
        try {
            SalesDay day = our.source.read(run.businessDate(), our.settings.terms().zone());
            job.log(
                    "Read %d sales of %s and %d vendors."
                            .formatted(
                                    day.sales().size(), run.businessDate(), day.vendors().size()));
            Draft draft = new Drafting(our.settings.terms()).draft(run.businessDate(), day);
            return remarked(run, draft);
        } catch (BadQuery e) {
            throw failed(run, "The configured SQL does not fit: " + e.getMessage(), null);
        } catch (JdbiException e) {
            String message = "The shop's database can't be read: " + cause(e);
            if (job.attempt() < InvoiceJobs.ATTEMPTS) {
                throw new JobFailure(message, true, e);
            }
            throw failed(run, message, e);
        }
    }

    private Draft remarked(InvoiceRun run, Draft draft) {
        List<String> remarks = new ArrayList<>(draft.remarks());
        if (!run.businessDate().isBefore(our.today())) {
            remarks.addFirst(
                    "The day is not over: sales made from now on are not in these invoices.");
        }
        unprintable(draft, remarks);
        return new Draft(draft.invoices(), remarks);
    }

    private void unprintable(Draft draft, List<String> remarks) {
        List<String> vendors = new ArrayList<>();
        for (InvoiceDocument invoice : draft.invoices()) {
            String missing = pdf.missing(invoice);
            if (!missing.isEmpty()) {
                vendors.add(invoice.buyer().name() + " (" + missing + ")");
            }
        }
        if (!vendors.isEmpty()) {
            int more = vendors.size() - NAMED;
            remarks.add(
                    "Printed as ?, since the invoices' font has no such character: "
                            + String.join("; ", vendors.subList(0, Math.min(NAMED, vendors.size())))
                            + (more > 0 ? " and " + more + " more." : "."));
        }
    }

    private void write(Handle handle, String runId, Draft draft) {
        InvoiceRun run = our.runs.get(handle, runId);
        if (!our.runs.move(handle, run, InvoiceRunState.DRAFTED, null)) {
            return;
        }
        int position = 0;
        for (InvoiceDocument document : draft.invoices()) {
            String id = our.invoices.add(handle, runId, ++position, document, our.today());
            our.jobs.render(handle, our.invoices.publish(handle, id), true);
        }
        our.runs.drafted(handle, runId, draft.remarks(), totals(run.currency(), draft));
        our.runs.publish(handle, runId);
    }

    private JobFailure failed(InvoiceRun run, String message, @Nullable Throwable cause) {
        our.store.writing(
                handle -> {
                    if (our.runs.move(
                            handle,
                            our.runs.get(handle, run.id()),
                            InvoiceRunState.FAILED,
                            message)) {
                        our.runs.publish(handle, run.id());
                    }
                });
        return new JobFailure(message, false, cause);
    }

    private static boolean awaitsDraft(InvoiceRun run) {
        return run.state() == InvoiceRunState.DRAFTING || run.state() == InvoiceRunState.FAILED;
    }

    private static List<BigDecimal> totals(String currency, Draft draft) {
        List<Function<InvoiceDocument, BigDecimal>> amounts =
                List.of(InvoiceDocument::net, InvoiceDocument::tax, InvoiceDocument::gross);
        return amounts.stream()
                .map(
                        amount ->
                                draft.invoices().stream()
                                        .filter(i -> i.currency().equals(currency))
                                        .map(amount)
                                        .reduce(BigDecimal.ZERO, BigDecimal::add))
                .toList();
    }

    private static String cause(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null) {
            deepest = deepest.getCause();
        }
        return String.valueOf(deepest.getMessage());
    }
}
