package dev.slipway.backend.migration.command;

import dev.slipway.backend.migration.profile.LongestRead;
import dev.slipway.backend.migration.profile.Profile;
import dev.slipway.backend.migration.profile.Profiler;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.throttle.Gate;
import dev.slipway.config.Database;

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
import java.util.Locale;
import java.util.concurrent.Callable;

/// `slipway migrate init`: looks at a source and writes a first plan.
@Command(
        name = "init",
        description =
                "Looks at what a source really holds, and writes a first plan, the target's tables"
                        + " and what was found. Nothing is changed in the source.",
        mixinStandardHelpOptions = true)
public final class InitCommand implements Callable<Integer> {
    @Mixin private SourceOptions source = new SourceOptions();

    @Option(
            names = "--out",
            paramLabel = "<dir>",
            description =
                    "Where plan.yaml, target.sql and profile.txt go; files of these names are never"
                            + " replaced. Default: ${DEFAULT-VALUE}.")
    private Path out = Path.of("migration");

    @Option(names = "--name", description = "What the plan is called. Default: ${DEFAULT-VALUE}.")
    private String name = "first-plan";

    @Option(
            names = "--rows",
            description = "Rows that are read of each table at most. Default: ${DEFAULT-VALUE}.")
    private long rows = 200_000;

    @Mixin private LookOptions gentle = new LookOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        for (String file : new String[] {"plan.yaml", "target.sql", "profile.txt"}) {
            if (Files.exists(out.resolve(file))) {
                throw new ParameterException(
                        spec.commandLine(),
                        out.resolve(file) + " is there already; name another folder by --out");
            }
        }
        Database from = source.database(spec);
        PrintWriter err = spec.commandLine().getErr();
        try (Source opened = Sources.open(from);
                Gate gate = gentle.gate(spec, opened)) {
            var heard = new InitPrinter(err, System::nanoTime);
            var profiler = new Profiler(opened, rows, gate, gentle.throttle(), heard);
            Profile profile = profiler.profile();
            profile.write(out, name);
            LongestRead longest = profiler.longest();
            err.printf(
                    Locale.ROOT,
                    "the longest read took %,d ms: %s%n",
                    longest.took().toMillis(),
                    longest.what());
            err.printf(
                    Locale.ROOT,
                    "%s: a first plan that puts %,d of the rows read into quarantine; what was found"
                            + " stands in profile.txt beside it%n",
                    out.resolve("plan.yaml"),
                    profile.refused());
            return 0;
        } catch (SQLException e) {
            err.println("the source failed: " + e.getMessage());
            err.println("nothing was written");
            return 1;
        }
    }
}
