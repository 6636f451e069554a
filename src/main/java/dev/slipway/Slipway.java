package dev.slipway;

import dev.slipway.backend.ServeCommand;
import dev.slipway.backend.WorkerCommand;
import dev.slipway.backend.invoicing.InvoiceCommand;
import dev.slipway.backend.migration.MigrateCommand;
import dev.slipway.config.BadFile;
import dev.slipway.console.ConsoleCommand;
import dev.slipway.sandbox.SandboxCommand;
import dev.slipway.shop.ShopCommand;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;

/// The one entry point. Exit codes: 0 done, 1 failed or not all was well, 2 wrong arguments or
/// configuration.
@Command(
        name = "slipway",
        description = "Moves an overloaded shop off its legacy monolith.",
        mixinStandardHelpOptions = true,
        version = "Slipway 0.1.0",
        subcommands = {
            HelpCommand.class,
            ConsoleCommand.class,
            InvoiceCommand.class,
            WorkerCommand.class,
            ServeCommand.class,
            ShopCommand.class,
            SandboxCommand.class,
            MigrateCommand.class,
        })
public final class Slipway {
    private Slipway() {}

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
