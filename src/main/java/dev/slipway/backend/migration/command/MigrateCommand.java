package dev.slipway.backend.migration.command;

import dev.slipway.api.migration.Waiting;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.engine.Engine;
import dev.slipway.backend.migration.engine.Outcome;
import dev.slipway.backend.migration.engine.Preparation;
import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.Quarantine;
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
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 3,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:everything stands in the target, and every check is green",
            "1:everything is copied, but a check is red",
            "2:wrong arguments, configuration or plan; nothing was written",
            "3:a database failed; what was copied stands, the same command goes on",
            "4:it may not begin or go on, was paused, or its window never opens"
        })
public final class MigrateCommand implements Callable<Integer> {
    @Option(names = "--plan", paramLabel = "<file>", description = "The plan, a YAML file.")
    private @Nullable Path plan;

    @Mixin private SourceOptions source = new SourceOptions();

    @Mixin private TargetOptions target = new TargetOptions();

    @Option(
            names = "--report",
            description =
                    "Where the report goes, as JSON. It is written as the command begins and as it"
                            + " ends, however it ends, and tells state, reason and exit code.")
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

    private final InstantSource clock = InstantSource.system();

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        var reporting =
                new Reporting(
                        report,
                        plan == null ? "" : plan.toString(),
                        dryRun,
                        new Printer(err),
                        clock);
        try {
            reporting.begins();
        } catch (IOException e) {
            throw wrong("can't write the report " + report + ": " + e + "; nothing was done");
        }
        try {
            return toTheEnd(reporting, err).code();
        } catch (SQLException e) {
            String reason = "a database failed: " + e.getMessage();
            err.println(reason);
            err.println("what was copied stands; the same command goes on from there");
            return ended(reporting, Ending.FAILED, reason);
        } catch (IOException e) {
            err.println("a file can't be read or written: " + e);
            return ended(reporting, Ending.FAILED, "a file can't be read or written: " + e);
        } catch (Stopped e) {
            err.println(e.getMessage());
            return ended(reporting, Ending.STOPPED, String.valueOf(e.getMessage()));
        } catch (BadFile | ParameterException e) {
            ended(reporting, Ending.WRONG, String.valueOf(e.getMessage()));
            throw e;
        } catch (RuntimeException e) {
            ended(reporting, Ending.FAILED, "Slipway has a fault: " + e);
            throw e;
        }
    }

    private int ended(Reporting reporting, Ending ending, String reason) {
        try {
            reporting.ends(ending, reason);
        } catch (IOException e) {
            spec.commandLine().getErr().println("the report can't be written: " + e);
        }
        return ending.code();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }

    /// Runs until it is at its end; while its window is closed, nothing is connected.
    private Ending toTheEnd(Reporting reporting, PrintWriter err)
            throws SQLException, IOException, Stopped {
        if (plan == null) {
            throw wrong("Missing required option: '--plan=<file>'");
        }
        if (!Files.isReadable(plan)) {
            throw wrong("can't read the plan " + plan);
        }
        Database from = source.database(spec);
        Database to = target.database(spec);
        MigrationPlan read = whole(PlanReader.understand(plan), from, to);
        while (true) {
            Outcome came;
            try (Source opened = Sources.open(from);
                    Target openedTarget = dryRun ? Targets.rehearsing(to) : Targets.open(to);
                    Brake brake = gentle.brake(read, opened, from)) {
                came = run(read, opened, openedTarget, brake, reporting, err);
            }
            Waiting waiting = came.waiting();
            if (waiting == null || dryRun || !gentle.await(waiting, err)) {
                return Ending.of(came.state());
            }
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

    private Outcome run(
            MigrationPlan read,
            Source from,
            Target to,
            Brake brake,
            Reporting reporting,
            PrintWriter err)
            throws SQLException, IOException, Stopped {
        var printer = new Printer(err, gentle.window(read), clock, System::nanoTime);
        reporting.runs(read.name(), printer);
        var engine =
                new Engine(
                        read,
                        from,
                        to,
                        Converters.STANDARD,
                        printer,
                        gentle.control(),
                        clock,
                        new Worker(InetAddress.getLocalHost().getHostName()));
        Outcome outcome = engine.hands(workers).gently(brake).run(UUID.randomUUID().toString());
        err.printf(
                Locale.ROOT,
                "%s: %s in %.1f s%s%n",
                read.name(),
                outcome.state(),
                reporting.seconds(),
                outcome.reason().isEmpty() ? "" : ": " + outcome.reason());
        if (dryRun && outcome.waiting() == null) {
            tellQuarantine(to, outcome, err);
        }
        reporting.outcome(read, outcome, from, to);
        return outcome;
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
