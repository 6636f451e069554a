package dev.slipway.sandbox;

import dev.slipway.sandbox.generate.Size;
import dev.slipway.sandbox.supervisor.Supervisor;
import dev.slipway.sandbox.visitors.Crowd;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

/// `slipway sandbox`: a whole small world. Its commands come by standard input, whose end is its
/// own: `start|stop|kill backend|worker|shop|legacy|traffic` and `visitors RATE`.
@Command(
        name = "sandbox",
        description = {
            "A small world: a legacy shop in trouble, a new shop, an edge, visitors and a backend.",
            "Reads commands from standard input, one a line: start, stop or kill with backend,"
                    + " worker, shop, legacy or traffic; visitors with requests per second. Ends"
                    + " with standard input, and all that it started with it."
        },
        mixinStandardHelpOptions = true,
        subcommands = {
            HelpCommand.class,
            GenerateCommand.class,
            LegacyCommand.class,
            CompareCommand.class,
            TrafficCommand.class
        })
public final class SandboxCommand implements Callable<Integer> {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Where the world is kept; else sandbox in $SLIPWAY_HOME or ~/.slipway.")
    private @Nullable Path home;

    @Option(names = "--seed", description = "Where the data come from (${DEFAULT-VALUE}).")
    private long seed = 42;

    @Option(names = "--lines", description = "Order lines of the shop (${DEFAULT-VALUE}).")
    private int lines = 200_000;

    @Option(
            names = "--visitors-per-second",
            paramLabel = "RATE",
            description = "Requests per second; measured to suit the machine if not given.")
    private @Nullable Double perSecond;

    @Option(
            names = "--backend-port",
            paramLabel = "PORT",
            description = "Where the backend serves; any free port if not given.")
    private @Nullable Integer backendPort;

    @Option(
            names = "--with-parent",
            description = "Taken as by the other commands; the sandbox always ends this way.")
    private boolean withParent;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws InterruptedException {
        if (lines < Size.FEWEST_LINES) {
            throw new ParameterException(
                    spec.commandLine(), "--lines must be at least " + Size.FEWEST_LINES);
        }
        if (perSecond != null && !(perSecond >= 0 && perSecond <= Crowd.MOST_PER_SECOND)) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--visitors-per-second must be from 0 to " + (int) Crowd.MOST_PER_SECOND);
        }
        var supervisor = new Supervisor(folder(), spec.root().userObject().getClass().getName());
        return supervisor.run(
                seed,
                new Size(lines),
                Optional.ofNullable(perSecond),
                backendPort == null ? OptionalInt.empty() : OptionalInt.of(backendPort));
    }

    private Path folder() {
        if (home != null) {
            return home.toAbsolutePath().normalize();
        }
        String variable = System.getenv("SLIPWAY_HOME");
        Path base =
                variable == null || variable.isBlank()
                        ? Path.of(System.getProperty("user.home"), ".slipway")
                        : Path.of(variable);
        return base.resolve("sandbox").toAbsolutePath().normalize();
    }
}
