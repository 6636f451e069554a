package dev.slipway.console.exports;

import dev.slipway.api.access.Session;
import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.api.tasks.ExportFormat;
import dev.slipway.api.tasks.ExportOf;
import dev.slipway.api.tasks.ExportState;
import dev.slipway.api.tasks.StartExport;
import dev.slipway.client.BackendClient;
import dev.slipway.client.http.ProblemException;
import dev.slipway.console.terminal.LogInOptions;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// `slipway export`: has a backend write an export, waits for it, downloads it and checks it.
@Command(
        name = "export",
        description = {
            "Has a backend write orders, invoices or rows in quarantine to a file, waits, downloads"
                    + " it and checks its checksum.",
            "If this command is ended the export goes on; --id fetches it later."
        },
        mixinStandardHelpOptions = true)
public final class ExportCommand implements Callable<Integer> {
    private static final Map<String, ExportFormat> FORMATS =
            Arrays.stream(ExportFormat.values())
                    .collect(Collectors.toMap(ExportFormat::ending, format -> format));

    @Mixin LogInOptions backend = new LogInOptions();

    @Option(names = "--what", description = "orders, invoices or quarantine.")
    @Nullable String what;

    @Option(
            names = "--format",
            defaultValue = "csv",
            description = "csv, jsonl or parquet (${DEFAULT-VALUE}).")
    String format = "csv";

    @Option(names = "--id", description = "An export that was begun before, instead of --what.")
    @Nullable String id;

    @Option(names = "--out", required = true, description = "The file to write.")
    Path out = Path.of("export");

    @Option(names = "--from", description = "The first date, 2026-11-01.")
    @Nullable LocalDate from;

    @Option(names = "--to", description = "The last date, itself included.")
    @Nullable LocalDate to;

    @Option(names = "--vendor", description = "Of the vendor with this key alone.")
    @Nullable String vendor;

    @Option(
            names = "--run",
            description = "Of this invoice run alone; for quarantine, the migration run.")
    @Nullable String run;

    @Option(names = "--step", description = "Quarantine: of this step alone.")
    @Nullable String step;

    @Option(names = "--rule", description = "Quarantine: refused by this rule alone.")
    @Nullable String rule;

    @Option(names = "--state", description = "Quarantine, mails of invoices: in this state alone.")
    @Nullable String state;

    @Option(names = "--force", description = "Replace the file if it is there.")
    boolean force;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        StartExport wanted = wanted();
        if (Files.exists(out) && !force) {
            throw wrong(out + " is there; --force replaces it");
        }
        BackendClient client = backend.client();
        try {
            Session session = backend.logIn(client);
            say("Logged in as %s.%n", session.user());
            try {
                Export export =
                        id == null ? client.exports().start(wanted) : client.exports().one(id);
                say("Export %s%n", export.id());
                return finished(client, awaited(client, export));
            } finally {
                client.logOut();
            }
        } catch (ProblemException e) {
            say("%s. %s%n", e.problem().title(), e.problem().detail());
            return ExitCode.SOFTWARE;
        }
    }

    private StartExport wanted() {
        ExportFormat chosen = FORMATS.get(format.toLowerCase(Locale.ROOT));
        if (chosen == null) {
            throw wrong("--format is csv, jsonl or parquet, not " + format);
        }
        if ((what == null) == (id == null)) {
            throw wrong("give --what or --id");
        }
        ExportOf source =
                what == null
                        ? ExportOf.ORDERS
                        : Arrays.stream(ExportOf.values())
                                .filter(each -> each.name().equalsIgnoreCase(what))
                                .findFirst()
                                .orElseThrow(
                                        () ->
                                                wrong(
                                                        "--what is orders, invoices or quarantine,"
                                                                + " not "
                                                                + what));
        String upper = state == null ? null : state.toUpperCase(Locale.ROOT);
        var which = new ExportFilter(from, to, vendor, run, step, null, rule, upper, null);
        return new StartExport(source, chosen, which);
    }

    /// A backend that is away for a moment is asked again: the export goes on without it.
    private Export awaited(BackendClient client, Export begun)
            throws ProblemException, InterruptedException {
        Export export = begun;
        int away = 0;
        while (export.state().open()) {
            say("%s%n", progress(export));
            new CountDownLatch(1).await(1, TimeUnit.SECONDS);
            try {
                export = client.exports().one(export.id());
                away = 0;
            } catch (ProblemException e) {
                away++;
                if (away > 30) {
                    throw e;
                }
            }
        }
        return export;
    }

    private static String progress(Export export) {
        Long total = export.total();
        Long eta = export.etaSeconds();
        if (total == null) {
            return export.state() == ExportState.QUEUED ? "waits for a worker" : "counting";
        }
        return String.format(
                Locale.ROOT,
                "%,d of %,d rows%s",
                export.rows(),
                total,
                eta == null ? "" : ", about " + eta + " s left");
    }

    private int finished(BackendClient client, Export export) throws ProblemException {
        if (export.state() != ExportState.READY) {
            say(
                    "The export is %s. %s%n",
                    export.state().name().toLowerCase(Locale.ROOT),
                    export.reason() == null ? "" : export.reason());
            return ExitCode.SOFTWARE;
        }
        client.exports().download(export, out, (_, _) -> true);
        spec.commandLine()
                .getOut()
                .printf(
                        Locale.ROOT,
                        "%s: %,d rows as of %s%s, %,d bytes, SHA-256 %s%n",
                        out,
                        export.rows(),
                        export.asOf(),
                        export.lastAsOf() == null
                                ? ""
                                : " to " + export.lastAsOf() + " (another worker went on)",
                        export.bytes(),
                        export.sha256());
        spec.commandLine().getOut().flush();
        return ExitCode.OK;
    }

    private ParameterException wrong(String what) {
        return new ParameterException(spec.commandLine(), what);
    }

    private void say(String form, @Nullable Object... values) {
        spec.commandLine().getErr().printf(Locale.ROOT, form, values);
        spec.commandLine().getErr().flush();
    }
}
