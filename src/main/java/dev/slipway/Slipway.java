package dev.slipway;

import dev.slipway.backend.ServeCommand;
import dev.slipway.backend.WorkerCommand;
import dev.slipway.backend.invoicing.InvoiceCommand;
import dev.slipway.backend.migration.MigrateCommand;
import dev.slipway.config.BadFile;
import dev.slipway.console.ConsoleCommand;
import dev.slipway.console.settings.UsersCommand;
import dev.slipway.desktop.Desktop;
import dev.slipway.sandbox.SandboxCommand;
import dev.slipway.shop.ShopCommand;
import dev.slipway.tour.TourCommand;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/// The one entry point. Exit codes: 0 done, 1 failed or not all was well, 2 wrong arguments or
/// configuration.
@Command(
        name = "slipway",
        description = {
            "Moves an overloaded shop off its legacy monolith.",
            "Without a command: opens the console on a small living world."
        },
        mixinStandardHelpOptions = true,
        version = "Slipway 0.1.0",
        subcommands = {
            HelpCommand.class,
            ConsoleCommand.class,
            TourCommand.class,
            InvoiceCommand.class,
            WorkerCommand.class,
            ServeCommand.class,
            ShopCommand.class,
            SandboxCommand.class,
            MigrateCommand.class,
            UsersCommand.class,
        })
public final class Slipway implements Callable<Integer> {
    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Where everything is kept. Default: $SLIPWAY_HOME, else ~/.slipway.")
    private @Nullable Path home;

    private Slipway() {}

    /// Without a command: the console on a small living world, or without a display the tour of it.
    @Override
    public Integer call() throws IOException, InterruptedException {
        if (Desktop.hasDisplay(System.getenv())) {
            Desktop.open(ConsoleCommand.home(home));
            return ExitCode.OK;
        }
        System.err.println(
                "There is no display to open a window on, so the tour is walked headless.");
        return run("tour");
    }

    public static void main(String[] args) {
        System.exit(run(args));
    }

    /// Runs one command to its end.
    ///
    /// @return the exit code
    static int run(String... args) {
        return new CommandLine(new Slipway())
                .setExecutionExceptionHandler((e, command, _) -> failed(e, command))
                .execute(args);
    }

    private static int failed(Exception e, CommandLine command) throws Exception {
        if (e instanceof BadFile bad) {
            command.getErr().println(bad.getMessage());
            return ExitCode.USAGE;
        }
        throw e;
    }
}
