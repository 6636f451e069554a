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
        mixinStandardHelpOptions = true)
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
    public Integer call() throws IOException, SQLException {
        if (plan == null) {
            throw wrong("Missing required option: '--plan=<file>'");
        }
        if (!Files.isReadable(plan)) {
            throw wrong("can't read the plan " + plan);
        }
        Database from = source.database(spec);
        Database to = target.database(spec);
        MigrationPlan read = PlanReader.read(plan);
        PrintWriter err = spec.commandLine().getErr();
        try {
            if (check || install || remove) {
                return look(read, from, to, err);
            }
            return sync(read, from, to, err);
        } catch (SQLException e) {
            err.println("a database failed: " + e.getMessage());
            err.println("what was applied stands; the same command goes on from there");
            return 1;
        } catch (Stopped e) {
            err.println(e.getMessage());
            return 1;
        }
    }

    private int sync(MigrationPlan read, Database from, Database to, PrintWriter err)
            throws SQLException, IOException, Stopped {
        var printer = new SyncPrinter(err);
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
            if (report != null) {
                printer.report(report, read.name());
            }
            return well ? 0 : 1;
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
