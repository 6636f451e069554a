package dev.slipway.backend.migration.command;

import dev.slipway.api.migration.Waiting;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.engine.Engine;
import dev.slipway.backend.migration.engine.Outcome;
import dev.slipway.backend.migration.engine.Preparation;
import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.Positions;
import dev.slipway.backend.migration.ledger.Quarantine;
import dev.slipway.backend.migration.ledger.Remarks;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.plan.Understood;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.backend.migration.throttle.Brake;
import dev.slipway.config.BadFile;
import dev.slipway.config.Database;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
        subcommands = {InitCommand.class, SyncCommand.class, QuarantineCommand.class},
        mixinStandardHelpOptions = true)
public final class MigrateCommand implements Callable<Integer> {
    private static final double NANOS = 1e9;

    @Option(names = "--plan", paramLabel = "<file>", description = "The plan, a YAML file.")
    private @Nullable Path plan;

    @Mixin private SourceOptions source = new SourceOptions();

    @Mixin private TargetOptions target = new TargetOptions();

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

    @Mixin private GentleOptions gentle = new GentleOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, SQLException {
        if (plan == null) {
            throw new ParameterException(
                    spec.commandLine(), "Missing required option: '--plan=<file>'");
        }
        if (!Files.isReadable(plan)) {
            throw new ParameterException(spec.commandLine(), "can't read the plan " + plan);
        }
        Database from = source.database(spec);
        Database to = target.database(spec);
        MigrationPlan read = whole(PlanReader.understand(plan), from, to);
        PrintWriter err = spec.commandLine().getErr();
        try {
            return toTheEnd(read, from, to, err);
        } catch (SQLException e) {
            err.println("a database failed: " + e.getMessage());
            err.println("what was copied stands; the same command goes on from there");
            return 1;
        } catch (Stopped e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    /// @throws BadFile naming everything that is wrong with the plan, held against both databases
    private static MigrationPlan whole(Understood plan, Database from, Database to) {
        if (!plan.problems().none()) {
            try (Source source = Sources.open(from);
                    Target target = Targets.reading(to)) {
                var found =
                        new Preparation(plan.plan(), source, target, Converters.STANDARD)
                                .check(false);
                throw new BadFile(plan.file(), plan.with(found.all()));
            } catch (SQLException e) {
                plan.problems().add(0, 0, "a database does not answer: " + e.getMessage());
            }
        }
        return plan.whole();
    }

    /// Runs until it is at its end; while its window is closed, nothing is connected.
    private int toTheEnd(MigrationPlan read, Database from, Database to, PrintWriter err)
            throws SQLException, IOException, Stopped {
        while (true) {
            Came came;
            try (Source opened = Sources.open(from);
                    Target openedTarget = dryRun ? Targets.rehearsing(to) : Targets.open(to);
                    Brake brake = gentle.brake(read, opened, from)) {
                came = run(read, opened, openedTarget, brake, err);
            }
            Waiting waiting = came.waiting();
            if (waiting == null || dryRun || !gentle.await(waiting, err)) {
                return came.exit();
            }
        }
    }

    /// @param waiting what to wait for before it is run again, or null
    private record Came(int exit, @Nullable Waiting waiting) {}

    private Came run(MigrationPlan read, Source from, Target to, Brake brake, PrintWriter err)
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
                        gentle.control(),
                        InstantSource.system(),
                        new Worker(InetAddress.getLocalHost().getHostName()));
        Outcome outcome = engine.hands(workers).gently(brake).run(UUID.randomUUID().toString());
        double seconds = (System.nanoTime() - begun) / NANOS;
        err.printf(
                Locale.ROOT,
                "%s: %s in %.1f s%s%n",
                read.name(),
                outcome.state(),
                seconds,
                outcome.reason().isEmpty() ? "" : ": " + outcome.reason());
        if (dryRun && outcome.waiting() == null) {
            tellQuarantine(to, outcome, err);
        }
        if (report != null && outcome.waiting() == null) {
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
                            printer.rows() / seconds,
                            outcome.steps().stream().map(Report.StepLine::of).toList(),
                            outcome.validations(),
                            new Quarantine(ledger).reasons(outcome.runId()),
                            new Remarks(ledger).all(outcome.runId()),
                            read.repairs(),
                            Report.READING,
                            new Positions(ledger).of(outcome.runId()).orElse(null),
                            read.window().toString(),
                            read.throttle().toString())
                    .write(report);
        }
        return new Came(outcome.validated() ? 0 : 1, outcome.waiting());
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
}
