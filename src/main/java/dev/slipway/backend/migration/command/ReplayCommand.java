package dev.slipway.backend.migration.command;

import dev.slipway.api.migration.Replayed;
import dev.slipway.api.migration.RunState;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.engine.Replay;
import dev.slipway.backend.migration.engine.ReplayOutcome;
import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.backend.migration.throttle.Gate;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.Callable;

/// `slipway migrate quarantine replay`: maps and writes open rows once more. Exit code 0 if none of
/// them was refused again and the run is validated.
@Command(
        name = "replay",
        description = {
            "Maps and writes open rows once more, with their corrections, and checks again what",
            "that touches. A changed plan is taken if no row that stands in the target would be",
            "another by it."
        },
        mixinStandardHelpOptions = true)
final class ReplayCommand implements Callable<Integer> {
    @Mixin private QuarantineOptions options = new QuarantineOptions();

    @Mixin private SourceOptions source = new SourceOptions();

    @Mixin private GentleOptions gentle = new GentleOptions();

    @Option(
            names = "--dry-run",
            description =
                    "Does everything in one transaction and undoes it: the target stays as it is.")
    private boolean dryRun;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        PrintWriter err = spec.commandLine().getErr();
        var which = options.filter(spec);
        MigrationPlan plan = options.plan(spec);
        var from = source.database(spec);
        var to = options.target(spec);
        var printer = new Printer(err);
        try (var opened = Sources.open(from);
                var target = dryRun ? Targets.rehearsing(to) : Targets.open(to);
                var brake = gentle.brake(plan, opened, from)) {
            ReplayOutcome outcome =
                    new Replay(
                                    plan,
                                    opened,
                                    target,
                                    Converters.STANDARD,
                                    gentle.control(),
                                    InstantSource.system())
                            // what is rehearsed is one transaction: none is held for hours
                            .gently(dryRun ? brake : Gate.patient(brake))
                            .listener(printer)
                            .run(options.run(), which, options.by(), options::instead);
            tell(outcome, err);
            write(outcome);
            boolean all = outcome.replayed().refused() == 0;
            return all && outcome.state() == RunState.VALIDATED ? 0 : 1;
        } catch (SQLException e) {
            err.println("a database failed: " + e.getMessage());
            err.println("what was replayed stands; the same command goes on from there");
        } catch (Stopped e) {
            err.println(e.getMessage());
        }
        return 1;
    }

    private void tell(ReplayOutcome outcome, PrintWriter err) {
        Replayed replayed = outcome.replayed();
        err.printf(
                Locale.ROOT,
                "%,d rows tried: %,d written, %,d merged, %,d left out, %,d still refused"
                        + " (%,d were taken as they were kept, for the source has them no more)%n",
                replayed.tried(),
                replayed.written(),
                replayed.merged(),
                replayed.skipped(),
                replayed.refused(),
                replayed.kept());
        for (Replayed.Refusal each : replayed.refusals()) {
            err.printf(
                    Locale.ROOT,
                    "still refused: %,d rows of %s, %s: %s %s%n",
                    each.rows(),
                    each.step(),
                    each.column(),
                    each.rule(),
                    each.reason());
        }
        err.println(
                "run %s: %s %s"
                        .formatted(replayed.runId(), outcome.state(), outcome.reason())
                        .strip());
        if (dryRun) {
            err.println("dry run: nothing was written to the target");
        }
    }

    private void write(ReplayOutcome outcome) throws IOException {
        var report = options.report();
        if (report != null) {
            new ReportFile(report).write(outcome);
        }
    }
}
