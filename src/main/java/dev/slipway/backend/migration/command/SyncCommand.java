package dev.slipway.backend.migration.command;

import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.sync.Coverage;
import dev.slipway.backend.migration.sync.CoverageCheck;
import dev.slipway.backend.migration.sync.Sync;
import dev.slipway.backend.migration.sync.Triggers;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.Targets;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;

/// `slipway migrate sync`: keeps the target up to date after the copy.
@Command(
        name = "sync",
        description = {
            "Brings what changed in the source since the copy began, and goes on doing so until it is"
                    + " told to end.",
            "Killed at any moment, the same command goes on where the target says that it was."
        },
        mixinStandardHelpOptions = true,
        exitCodeOnExecutionException = 3,
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {
            "0:it ended as it was told, and all that was compared was equal",
            "1:rows of the target are not what they must be; with --check, a step can't be synced",
            "2:wrong arguments, configuration or plan",
            "3:a database failed; what was applied stands, the same command goes on",
            "4:it may not begin or go on"
        })
final class SyncCommand implements Callable<Integer> {
    @Option(names = "--plan", paramLabel = "<file>", description = "The plan, a YAML file.")
    private @Nullable Path plan;

    @Mixin private SourceOptions source = new SourceOptions();

    @Mixin private TargetOptions target = new TargetOptions();

    @Mixin private RateOptions gentle = new RateOptions();

    @Option(names = "--report", description = "Where the report goes, as JSON.")
    private @Nullable Path report;

    @Option(
            names = "--until-caught-up",
            description = "Ends when the target is what the source is, and parts are compared.")
    private boolean untilCaughtUp;

    @Option(
            names = "--anew",
            description =
                    "Begins at the source's present position and reads every step whole: the way out"
                            + " when the earlier position is lost.")
    private boolean anew;

    @Option(names = "--check", description = "Only says for each step how its changes are found.")
    private boolean check;

    @Option(
            names = "--install-triggers",
            description = "Installs the triggers by which an SQLite source tells of its changes.")
    private boolean install;

    @Option(names = "--remove-triggers", description = "Removes them, and what they noted.")
    private boolean remove;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        PrintWriter err = spec.commandLine().getErr();
        var printer = new SyncPrinter(err);
        try {
            report(printer, Ending.STOPPED, Reporting.NOT_ENDED);
        } catch (IOException e) {
            throw wrong("can't write the report " + report + ": " + e + "; nothing was done");
        }
        try {
            return work(printer, err);
        } catch (SQLException e) {
            String reason = "a database failed: " + e.getMessage();
            err.println(reason);
            err.println("what was applied stands; the same command goes on from there");
            return ended(printer, Ending.FAILED, reason);
        } catch (IOException e) {
            err.println("a file can't be read or written: " + e);
            return ended(printer, Ending.FAILED, "a file can't be read or written: " + e);
        } catch (Stopped e) {
            err.println(e.getMessage());
            return ended(printer, Ending.STOPPED, String.valueOf(e.getMessage()));
        } catch (BadFile | ParameterException e) {
            ended(printer, Ending.WRONG, String.valueOf(e.getMessage()));
            throw e;
        } catch (RuntimeException e) {
            ended(printer, Ending.FAILED, "Slipway has a fault: " + e);
            throw e;
        }
    }

    private int work(SyncPrinter printer, PrintWriter err)
            throws SQLException, IOException, Stopped {
        if (plan == null) {
            throw wrong("Missing required option: '--plan=<file>'");
        }
        if (!Files.isReadable(plan)) {
            throw wrong("can't read the plan " + plan);
        }
        Database from = source.database(spec);
        Database to = target.database(spec);
        MigrationPlan read = PlanReader.read(plan);
        return check || install || remove
                ? look(read, from, to, err)
                : sync(read, from, to, printer);
    }

    private int ended(SyncPrinter printer, Ending ending, String reason) {
        try {
            report(printer, ending, reason);
        } catch (IOException e) {
            spec.commandLine().getErr().println("the report can't be written: " + e);
        }
        return ending.code();
    }

    private void report(SyncPrinter printer, Ending ending, String reason) throws IOException {
        if (report != null && !check && !install && !remove) {
            printer.report(report, plan == null ? "" : plan.toString(), ending, reason);
        }
    }

    private int sync(MigrationPlan read, Database from, Database to, SyncPrinter printer)
            throws SQLException, IOException, Stopped {
        var sync = new Sync(read, from, to, printer, InstantSource.system());
        gentle.hold(sync, read, from);
        if (anew) {
            sync.anew();
        }
        if (untilCaughtUp) {
            sync.untilCurrent();
        }
        try (var _ = Termination.calls(sync::end)) {
            boolean well = sync.run();
            Ending ending = well ? Ending.VALIDATED : Ending.RED;
            if (report != null) {
                String reason = well ? "" : "rows of the target are not what they must be";
                printer.report(report, read.name(), ending, reason);
            }
            return ending.code();
        }
    }

    private int look(MigrationPlan read, Database from, Database to, PrintWriter err)
            throws SQLException {
        try (Source opened = Sources.open(from);
                Target openedTarget = Targets.reading(to)) {
            List<Coverage> coverage =
                    new CoverageCheck(opened).of(Sync.steps(read, opened, openedTarget).values());
            PrintWriter out = spec.commandLine().getOut();
            for (Coverage step : coverage) {
                out.printf("line %d: %s: %s%n", step.line(), step.step(), step.text());
            }
            out.flush();
            if (install || remove) {
                triggers(from, opened, coverage, out);
            }
            boolean all = coverage.stream().noneMatch(c -> c.how() == Coverage.How.NOT_SYNCED);
            return all ? 0 : 1;
        } catch (BadFile e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    /// Shows the exact statements and runs them.
    private void triggers(Database from, Source opened, List<Coverage> coverage, PrintWriter out)
            throws SQLException {
        if (!from.url().startsWith("jdbc:sqlite:")) {
            throw wrong("only an SQLite source wants triggers; others have a binlog");
        }
        var tracked = Triggers.tracked(coverage);
        List<String> statements =
                remove ? Triggers.removal(tracked.keySet()) : Triggers.statements(opened, tracked);
        statements.forEach(sql -> out.println(sql + ";"));
        out.flush();
        Triggers.run(from.url(), statements);
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
