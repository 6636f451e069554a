package dev.slipway.backend.migration.command;

import dev.slipway.backend.migration.ledger.NoSuchColumn;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/// `slipway migrate quarantine`: rows that were refused, without a backend.
@Command(
        name = "quarantine",
        description = "Looks at rows that were refused, mends them and replays them.",
        mixinStandardHelpOptions = true,
        subcommands = {HelpCommand.class, ReplayCommand.class})
public final class QuarantineCommand {
    private static final int SHOWN = 100;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Command(
            name = "list",
            description = "Rows with their reason, one a line; the first 100, or --limit.",
            mixinStandardHelpOptions = true)
    int list(
            @Mixin QuarantineOptions options,
            @Option(names = "--limit", description = "Rows at most.") @Nullable Integer limit)
            throws SQLException, IOException {
        int most = limit == null ? SHOWN : limit;
        return QuarantineDesk.with(
                called("list"),
                options,
                desk -> {
                    var rows = desk.page(most);
                    for (var row : rows) {
                        out(
                                "%s %s%s: %s %s (%s%s)%n",
                                row.step(),
                                row.key(),
                                row.column().isEmpty() ? "" : ", " + row.column(),
                                row.reason(),
                                row.value() == null ? "" : "'" + row.value() + "'",
                                row.state().name().toLowerCase(Locale.ROOT),
                                row.note() == null ? "" : ": " + row.note());
                    }
                    long all = desk.count();
                    err("%,d of %,d rows%n", rows.size(), all);
                    desk.report("rows", rows, all);
                    return 0;
                });
    }

    @Command(
            name = "reasons",
            description = "How many rows each rule refused for each reason, the most first.",
            mixinStandardHelpOptions = true)
    int reasons(@Mixin QuarantineOptions options) throws SQLException, IOException {
        return QuarantineDesk.with(
                called("reasons"),
                options,
                desk -> {
                    var reasons = desk.reasons();
                    for (var each : reasons) {
                        out(
                                "%,10d  %s.%s  %s: %s%n",
                                each.rows(),
                                each.step(),
                                each.column(),
                                each.rule(),
                                each.reason());
                    }
                    desk.report("reasons", reasons, desk.count());
                    return 0;
                });
    }

    @Command(
            name = "export",
            description = "Writes rows as CSV (RFC 4180, UTF-8, with a header).",
            mixinStandardHelpOptions = true)
    int export(
            @Mixin QuarantineOptions options,
            @Option(names = "--to", description = "The file; else standard output.")
                    @Nullable Path to)
            throws SQLException, IOException {
        return QuarantineDesk.with(
                called("export"),
                options,
                desk -> {
                    PrintStream standard = System.out;
                    try (var file = to == null ? null : Files.newBufferedWriter(to)) {
                        var plain = new OutputStreamWriter(standard, StandardCharsets.UTF_8);
                        long rows = desk.export(file == null ? plain : file);
                        plain.flush();
                        err("%,d rows%n", rows);
                        desk.report("exported", List.of(), rows);
                    }
                    return 0;
                });
    }

    @Command(
            name = "correct",
            description = {
                "Gives open rows another raw value, which counts when they are replayed:",
                "one row (--step and --key), or every one of a step that holds --from."
            },
            mixinStandardHelpOptions = true)
    int correct(
            @Mixin QuarantineOptions options,
            @Option(names = "--source-column", required = true, description = "The source column.")
                    String column,
            @Option(names = "--key", description = "The row's key, as 'list' shows it.")
                    @Nullable String key,
            @Option(names = "--from", description = "The raw value that the rows hold now.")
                    @Nullable String from,
            @Option(names = "--to", description = "The raw value that is to count instead.")
                    @Nullable String to,
            @Option(names = "--to-null", description = "NULL is to count instead.") boolean toNull)
            throws SQLException, IOException {
        var called = called("correct");
        if (options.step().isEmpty() || (key == null) == (from == null)) {
            throw new ParameterException(
                    called.commandLine(), "correct wants --step, and either --key or --from");
        }
        if ((to == null) != toNull) {
            throw new ParameterException(called.commandLine(), "correct wants --to or --to-null");
        }
        return QuarantineDesk.with(
                called,
                options,
                desk -> {
                    try {
                        return acted(desk, "corrected", desk.correct(column, key, from, to));
                    } catch (NoSuchColumn e) {
                        throw new ParameterException(
                                called.commandLine(), String.valueOf(e.getMessage()), e);
                    }
                });
    }

    @Command(
            name = "accept",
            description = "Leaves open rows behind on purpose.",
            mixinStandardHelpOptions = true)
    int accept(
            @Mixin QuarantineOptions options,
            @Option(names = "--why", required = true, description = "The reason, for the record.")
                    String why)
            throws SQLException, IOException {
        return QuarantineDesk.with(
                called("accept"), options, desk -> acted(desk, "accepted", desk.accept(why)));
    }

    @Command(
            name = "reopen",
            description = "Takes rows that were accepted up again.",
            mixinStandardHelpOptions = true)
    int reopen(@Mixin QuarantineOptions options) throws SQLException, IOException {
        return QuarantineDesk.with(
                called("reopen"), options, desk -> acted(desk, "reopened", desk.reopen()));
    }

    /// No row is a failure: whoever named rows meant some.
    private int acted(QuarantineDesk desk, String what, long rows) throws IOException {
        err("%s: %,d rows%n", what, rows);
        desk.report(what, List.of(), rows);
        return rows > 0 ? 0 : 1;
    }

    private CommandSpec called(String name) {
        return Objects.requireNonNull(spec.subcommands().get(name)).getCommandSpec();
    }

    private void out(String form, Object... values) {
        spec.commandLine().getOut().printf(Locale.ROOT, form, values);
        spec.commandLine().getOut().flush();
    }

    private void err(String form, Object... values) {
        spec.commandLine().getErr().printf(Locale.ROOT, form, values);
        spec.commandLine().getErr().flush();
    }
}
