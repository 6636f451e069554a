package dev.slipway.backend.migration;

import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.engine.Control;
import dev.slipway.backend.migration.engine.Engine;
import dev.slipway.backend.migration.engine.Listener;
import dev.slipway.backend.migration.engine.Outcome;
import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.Quarantine;
import dev.slipway.backend.migration.ledger.Remarks;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.config.Database;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;

/// `slipway migrate`: runs a plan without a backend. Running it again goes on where it stopped, or
/// checks again what is there.
@Command(
        name = "migrate",
        description = "Migrates a database by a plan and validates what came of it.",
        mixinStandardHelpOptions = true)
public final class MigrateCommand implements Callable<Integer> {
    private static final double NANOS = 1e9;

    @Option(names = "--plan", required = true, description = "The plan, a YAML file.")
    private Path plan = Path.of("");

    @Option(names = "--source", required = true, description = "JDBC URL of the source.")
    private String source = "";

    @Option(names = "--target", required = true, description = "JDBC URL of the target.")
    private String target = "";

    @Option(names = "--report", description = "Where the report goes, as JSON.")
    private @Nullable Path report;

    @Option(
            names = "--dry-run",
            description =
                    "Does everything in one transaction and undoes it: the target stays as it is."
                            + " The report and the exit code are what a run would give.")
    private boolean dryRun;

    @Option(
            names = "--workers",
            description = "How many chunks are in work at once. Default: ${DEFAULT-VALUE}.")
    private int workers = 3;

    @Option(names = "--source-user", description = "Who asks the source.")
    private String sourceUser = "";

    @Option(names = "--target-user", description = "Who asks the target.")
    private String targetUser = "";

    @Option(names = "--source-password-file", description = "Holds the source's password.")
    private @Nullable Path sourcePasswordFile;

    @Option(names = "--source-password-env", description = "Names the variable that holds it.")
    private @Nullable String sourcePasswordEnv;

    @Option(names = "--target-password-file", description = "Holds the target's password.")
    private @Nullable Path targetPasswordFile;

    @Option(names = "--target-password-env", description = "Names the variable that holds it.")
    private @Nullable String targetPasswordEnv;

    @Spec private @Nullable CommandSpec spec;

    @Override
    public Integer call() throws IOException, SQLException {
        Database from =
                database("--source", source, sourceUser, sourcePasswordFile, sourcePasswordEnv);
        Database to =
                database("--target", target, targetUser, targetPasswordFile, targetPasswordEnv);
        if (!Files.isReadable(plan)) {
            throw new ParameterException(spec().commandLine(), "can't read the plan " + plan);
        }
        MigrationPlan read = PlanReader.read(plan);
        PrintWriter err = spec().commandLine().getErr();
        try (Source opened = Sources.open(from);
                Target openedTarget = dryRun ? Targets.rehearsing(to) : Targets.open(to)) {
            return run(read, opened, openedTarget, err);
        } catch (SQLException e) {
            err.println("a database failed: " + e.getMessage());
            err.println("what was copied stands; the same command goes on from there");
            return 1;
        } catch (Stopped e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private int run(MigrationPlan read, Source from, Target to, PrintWriter err)
            throws SQLException, IOException, Stopped {
        long begun = System.nanoTime();
        Instant startedAt = Instant.now();
        var printer = new Printer(err);
        var engine =
                new Engine(
                        read,
                        from,
                        to,
                        Converters.STANDARD,
                        printer,
                        Control.GO_ON,
                        InstantSource.system(),
                        new Worker(InetAddress.getLocalHost().getHostName()));
        Outcome outcome = engine.hands(workers).run(UUID.randomUUID().toString());
        double seconds = (System.nanoTime() - begun) / NANOS;
        err.printf(
                Locale.ROOT,
                "%s: %s in %.1f s%s%n",
                read.name(),
                outcome.state(),
                seconds,
                outcome.reason().isEmpty() ? "" : ": " + outcome.reason());
        if (dryRun) {
            tellQuarantine(to, outcome, err);
        }
        if (report != null) {
            var ledger = new Ledger(to, InstantSource.system());
            new Report(
                            outcome.runId(),
                            read.name(),
                            from.engine(),
                            to.engine(),
                            outcome.state(),
                            outcome.validated(),
                            outcome.reason(),
                            dryRun,
                            startedAt,
                            seconds,
                            printer.rows / seconds,
                            outcome.steps().stream().map(Report.StepLine::of).toList(),
                            outcome.validations(),
                            new Quarantine(ledger).reasons(outcome.runId()),
                            new Remarks(ledger).all(outcome.runId()),
                            read.repairs(),
                            Report.READING)
                    .write(report);
        }
        return outcome.validated() ? 0 : 1;
    }

    private static void tellQuarantine(Target to, Outcome outcome, PrintWriter err)
            throws SQLException {
        var ledger = new Ledger(to, InstantSource.system());
        for (Quarantine.Reason each : new Quarantine(ledger).reasons(outcome.runId())) {
            err.printf(
                    Locale.ROOT,
                    "would be quarantined: %,d rows of %s, %s: %s %s%n",
                    each.rows(),
                    each.step(),
                    each.column(),
                    each.rule(),
                    each.reason());
        }
        err.println("dry run: nothing was written to the target");
    }

    private Database database(
            String option,
            String url,
            String user,
            @Nullable Path file,
            @Nullable String variable) {
        if (url.toLowerCase(Locale.ROOT).matches(".*[?&;]password=.*")) {
            throw new ParameterException(
                    spec().commandLine(),
                    option
                            + " holds a password, which others on this machine can read. Take it"
                            + " out and name it by "
                            + option
                            + "-password-file or "
                            + option
                            + "-password-env");
        }
        return new Database(url, user, password(option, file, variable));
    }

    private String password(String option, @Nullable Path file, @Nullable String variable) {
        try {
            if (file != null) {
                return Files.readString(file).strip();
            }
        } catch (IOException e) {
            throw new ParameterException(
                    spec().commandLine(), "can't read " + option + "-password-file " + file);
        }
        if (variable == null) {
            return "";
        }
        String value = System.getenv(variable);
        if (value == null) {
            throw new ParameterException(
                    spec().commandLine(),
                    option + "-password-env: the variable " + variable + " is not set");
        }
        return value;
    }

    private CommandSpec spec() {
        if (spec == null) {
            throw new IllegalStateException("picocli did not set the spec");
        }
        return spec;
    }

    /// Tells on standard error how far it is.
    private static final class Printer implements Listener {
        private static final long EVERY = 1_000_000_000L;
        private final PrintWriter err;
        private long rows;
        private long told;

        Printer(PrintWriter err) {
            this.err = err;
        }

        @Override
        public void chunk(dev.slipway.api.migration.Chunk chunk) {
            rows += chunk.read();
        }

        @Override
        public void step(StepProgress step) {
            long now = System.nanoTime();
            boolean moved = step.state() != dev.slipway.api.migration.StepState.WAITING;
            boolean over = step.state() != dev.slipway.api.migration.StepState.RUNNING;
            if (moved && (over || now - told > EVERY)) {
                told = now;
                err.printf(
                        Locale.ROOT,
                        "%-24s %-10s %,d of %,d read, %,d written, %,d merged, %,d quarantined,"
                                + " %,d skipped%n",
                        step.name(),
                        step.state(),
                        step.read(),
                        step.rows(),
                        step.written(),
                        step.merged(),
                        step.quarantined(),
                        step.skipped());
                err.flush();
            }
        }

        @Override
        public void validation(Validation validation) {
            err.printf(
                    "%s %s: %s | %s%s%n",
                    validation.passed() ? "green" : "RED  ",
                    (validation.step() + " " + validation.name()).strip(),
                    validation.source(),
                    validation.target(),
                    validation.detail() == null ? "" : " | " + validation.detail());
            err.flush();
        }
    }
}
