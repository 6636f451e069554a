package dev.slipway.sandbox;

import dev.slipway.sandbox.generate.LegacyDatabase;
import dev.slipway.sandbox.generate.Manifest;
import dev.slipway.sandbox.generate.Size;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;

/// `slipway sandbox generate`: makes just the legacy database and its manifest.
@Command(
        name = "generate",
        description = "Makes the legacy shop's database and, beside it, a manifest.",
        mixinStandardHelpOptions = true)
public final class GenerateCommand implements Callable<Integer> {
    @Option(names = "--seed", description = "Where the data come from (${DEFAULT-VALUE}).")
    private long seed = 42;

    @Option(names = "--lines", description = "Order lines (${DEFAULT-VALUE}).")
    private int lines = 200_000;

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The SQLite database.")
    private Path out = Path.of("");

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        if (lines < Size.FEWEST_LINES) {
            throw new ParameterException(
                    spec.commandLine(), "--lines must be at least " + Size.FEWEST_LINES);
        }
        var err = spec.commandLine().getErr();
        long start = System.nanoTime();
        Manifest manifest = LegacyDatabase.generate(out, seed, new Size(lines), err::println);
        long rows = manifest.rows().values().stream().mapToLong(Long::longValue).sum();
        var took = Duration.ofNanos(System.nanoTime() - start);
        spec.commandLine()
                .getOut()
                .println(
                        rows
                                + " rows in "
                                + took.toMillis()
                                + " ms: "
                                + out
                                + " and "
                                + Manifest.beside(out).getFileName());
        return 0;
    }
}
