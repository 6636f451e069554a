package dev.slipway.backend.invoicing;

import com.fasterxml.jackson.databind.SerializationFeature;

import dev.slipway.api.invoicing.Invoice;
import dev.slipway.api.invoicing.InvoiceRun;
import dev.slipway.api.invoicing.InvoiceRunState;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.store.StateStore;
import dev.slipway.config.Configuration;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/// `slipway invoice`: the run of one date without a backend, by the same code and with a state of
/// its own in the folder of its results. Running it again takes up what was left over; numbers go
/// on from run to run in the same folder.
@Command(
        name = "invoice",
        description = "Drafts, or releases, the invoices of one date without a backend.",
        mixinStandardHelpOptions = true)
public final class InvoiceCommand implements Callable<Integer> {
    @Option(names = "--config", required = true, description = "The configuration file.")
    Path config = Path.of("slipway.yaml");

    @Option(names = "--date", required = true, description = "The business date, 2026-11-22.")
    LocalDate date = LocalDate.EPOCH;

    @Option(
            names = "--out",
            required = true,
            description = "A folder for PDFs, summary.json and the run's state.")
    Path out = Path.of(".");

    @Option(names = "--release", description = "Give numbers and archive.")
    boolean release;

    @Option(names = "--mail", description = "Mail what is released, by the section 'mail'.")
    boolean mail;

    @Spec CommandSpec spec = CommandSpec.create();

    /// What `summary.json` holds.
    ///
    /// @param failures what could not be done; empty if all was well
    public record Summary(
            InvoiceRun run, List<Document> invoices, double seconds, List<String> failures) {}

    /// An invoice and its file in the folder.
    public record Document(Invoice invoice, String file) {}

    @Override
    public Integer call() throws IOException {
        long start = System.nanoTime();
        PrintWriter log = spec.commandLine().getErr();
        var configuration = Configuration.read(config, System.getenv());
        var jobs = new LocalJobs(log);
        Path state = out.resolve("state");
        try (StateStore store = StateStore.open(state)) {
            Invoicing invoicing =
                    Invoicing.of(
                                    configuration,
                                    store,
                                    state,
                                    (_, _, _, _) -> {},
                                    jobs,
                                    WireJson.mapper(),
                                    InstantSource.system())
                            .orElse(null);
            if (invoicing == null) {
                log.println(config + " has no section 'invoicing'");
                return ExitCode.USAGE;
            }
            InvoiceRun run = run(invoicing, jobs);
            double seconds = (System.nanoTime() - start) / 1e9;
            Summary summary = write(invoicing.service(), run, seconds, jobs.failures());
            print(summary);
            boolean well =
                    summary.failures().isEmpty()
                            && run.state() != InvoiceRunState.FAILED
                            && run.rendered() == run.invoices();
            return well ? ExitCode.OK : ExitCode.SOFTWARE;
        } catch (Refused e) {
            log.println(e.getMessage());
            return ExitCode.SOFTWARE;
        }
    }

    private InvoiceRun run(Invoicing invoicing, LocalJobs jobs) {
        InvoiceService service = invoicing.service();
        String user = System.getProperty("user.name", "command");
        var handlers =
                invoicing.handlers().stream()
                        .filter(h -> mail || !h.type().equals(InvoiceJobs.MAIL))
                        .toList();
        InvoiceRun run =
                service.standing(date)
                        .orElseGet(() -> invoicing.store.write(service.start(date, user)::in));
        invoicing.resume(run.id());
        jobs.run(handlers);
        run = service.run(run.id()).orElseThrow();
        if (release && run.state() == InvoiceRunState.DRAFTED) {
            invoicing.store.write(service.release(run.id(), user)::in);
            jobs.run(handlers);
        }
        return service.run(run.id()).orElseThrow();
    }

    private Summary write(
            InvoiceService service, InvoiceRun run, double seconds, List<String> failures)
            throws IOException {
        List<Document> documents = new ArrayList<>();
        for (Invoice invoice : service.invoices(run.id(), 0, Integer.MAX_VALUE)) {
            if (invoice.pdfSha256() != null) {
                String name =
                        invoice.draft()
                                ? "DRAFT-" + invoice.id()
                                : String.valueOf(invoice.number());
                String file = name.replaceAll("[^A-Za-z0-9._-]", "-") + ".pdf";
                Files.write(out.resolve(file), service.pdf(invoice));
                if (!invoice.draft()) {
                    Files.deleteIfExists(out.resolve("DRAFT-" + invoice.id() + ".pdf"));
                }
                documents.add(new Document(invoice, file));
            }
        }
        var summary = new Summary(run, documents, seconds, failures);
        var json = WireJson.mapper().enable(SerializationFeature.INDENT_OUTPUT);
        Files.write(out.resolve("summary.json"), json.writeValueAsBytes(summary));
        return summary;
    }

    private void print(Summary summary) {
        PrintWriter console = spec.commandLine().getOut();
        InvoiceRun run = summary.run();
        console.printf(
                "%s %s: %d invoices, net %s, tax %s, gross %s %s; %d PDFs, %d sent, %d not"
                        + " sendable%n",
                run.businessDate(),
                run.state(),
                run.invoices(),
                run.net(),
                run.tax(),
                run.gross(),
                run.currency(),
                run.rendered(),
                run.sent(),
                run.notSendable());
        run.remarks().forEach(remark -> console.println("  " + remark));
        if (run.reason() != null) {
            console.println("  " + run.reason());
        }
        console.flush();
    }
}
