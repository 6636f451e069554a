package dev.slipway.backend.migration.command;

import dev.slipway.api.migration.QuarantineState;
import dev.slipway.backend.migration.ledger.QuarantineFilter;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.config.Database;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// Which rows of which run are meant.
final class QuarantineOptions {
    @Option(
            names = "--plan",
            required = true,
            paramLabel = "<file>",
            description = "The plan, a YAML file.")
    private Path plan = Path.of("");

    @Mixin private TargetOptions target = new TargetOptions();

    @Option(names = "--run", description = "The run; else the plan's latest.")
    private String run = "";

    @Option(names = "--step", description = "Only rows of this step.")
    private String step = "";

    @Option(names = "--column", description = "Only rows refused for this target column.")
    private @Nullable String column;

    @Option(names = "--rule", description = "Only rows refused by this rule.")
    private String rule = "";

    @Option(
            names = "--state",
            description = "Only rows in these states: OPEN, ACCEPTED, RESOLVED.",
            split = ",")
    private List<QuarantineState> states = new ArrayList<>();

    @Option(
            names = "--text",
            description = "Only rows that hold this text in key, reason or raw row.")
    private String text = "";

    @Option(
            names = "--row",
            paramLabel = "<key>",
            description = "Only the row of this key; may be repeated. Wants --step.")
    private List<String> keys = new ArrayList<>();

    @Option(
            names = "--by",
            description = "Who acts, for the record. Default: the user of this machine.")
    private String by = System.getProperty("user.name", "someone");

    @Option(names = "--report", description = "Where the report goes, as JSON.")
    private @Nullable Path report;

    MigrationPlan plan(CommandSpec spec) throws IOException {
        if (!Files.isReadable(plan)) {
            throw new ParameterException(spec.commandLine(), "can't read the plan " + plan);
        }
        return PlanReader.read(plan);
    }

    /// Another text in the place of the plan's file.
    MigrationPlan instead(String yaml) {
        Path file = plan.toAbsolutePath();
        return PlanReader.read(String.valueOf(file.getFileName()), yaml, file.resolveSibling("."));
    }

    Database target(CommandSpec spec) {
        return target.database(spec);
    }

    String run() {
        return run;
    }

    String step() {
        return step;
    }

    String by() {
        return by;
    }

    @Nullable Path report() {
        return report;
    }

    QuarantineFilter filter(CommandSpec spec) {
        if (!keys.isEmpty() && step.isEmpty()) {
            throw new ParameterException(spec.commandLine(), "--row wants --step");
        }
        Set<QuarantineState> wanted =
                states.isEmpty() ? EnumSet.allOf(QuarantineState.class) : EnumSet.copyOf(states);
        return new QuarantineFilter(
                step,
                column,
                rule,
                wanted,
                text,
                keys.stream().map(key -> new QuarantineFilter.Row(step, key)).toList());
    }
}
