package dev.slipway;

import dev.slipway.backend.ServeCommand;
import dev.slipway.backend.WorkerCommand;
import dev.slipway.backend.invoicing.InvoiceCommand;
import dev.slipway.backend.migration.command.MigrateCommand;
import dev.slipway.config.BadFile;
import dev.slipway.console.ConsoleCommand;
import dev.slipway.console.exports.ExportCommand;
import dev.slipway.console.pictures.PicturesCommand;
import dev.slipway.console.queues.command.JobsCommand;
import dev.slipway.console.queues.command.QueuesCommand;
import dev.slipway.console.schedules.SchedulesCommand;
import dev.slipway.console.settings.UsersCommand;
import dev.slipway.desktop.Desktop;
import dev.slipway.desktop.Display;
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
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
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
        subcommands = HelpCommand.class)
public final class Slipway implements Callable<Integer> {
    private static final Map<String, Class<?>> COMMANDS =
            new TreeMap<>(
                    Map.ofEntries(
                            Map.entry("console", ConsoleCommand.class),
                            Map.entry("export", ExportCommand.class),
                            Map.entry("invoice", InvoiceCommand.class),
                            Map.entry("jobs", JobsCommand.class),
                            Map.entry("migrate", MigrateCommand.class),
                            Map.entry("queues", QueuesCommand.class),
                            Map.entry("pictures", PicturesCommand.class),
                            Map.entry("sandbox", SandboxCommand.class),
                            Map.entry("schedules", SchedulesCommand.class),
                            Map.entry("serve", ServeCommand.class),
                            Map.entry("shop", ShopCommand.class),
                            Map.entry("tour", TourCommand.class),
                            Map.entry("users", UsersCommand.class),
                            Map.entry("worker", WorkerCommand.class)));

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Where everything is kept. Default: $SLIPWAY_HOME, else ~/.slipway.")
    private @Nullable Path home;

    private Slipway() {}

    /// Without a command: the console on a small living world, or without a display the tour of it.
    @Override
    public Integer call() throws IOException, InterruptedException {
        Optional<String> missing = Display.missing(System.getenv());
        if (missing.isEmpty()) {
            Desktop.open(ConsoleCommand.home(home));
            return ExitCode.OK;
        }
        System.err.println(
                "No window can be opened: " + missing.get() + ". So the tour is walked headless.");
        return run("tour");
    }

    public static void main(String[] args) {
        System.exit(args.length == 0 ? desktop() : run(args));
    }

    /// What [#run] does without arguments. There is nothing to parse, and the parser's classes
    /// would cost as much time as a third of the window.
    private static int desktop() {
        try {
            return new Slipway().call();
        } catch (BadFile e) {
            System.err.println(e.getMessage());
            return ExitCode.USAGE;
        } catch (IOException e) {
            System.err.println("Slipway can't start: " + e);
            return ExitCode.SOFTWARE;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return ExitCode.SOFTWARE;
        }
    }

    /// Runs one command to its end.
    ///
    /// @return the exit code
    static int run(String... args) {
        return commandLine(args)
                .setExecutionExceptionHandler((e, command, _) -> failed(e, command))
                .execute(args);
    }

    /// Knows the one command that the arguments begin with, or else all of them: to look at each
    /// command's options takes longer than many a command.
    private static CommandLine commandLine(String... args) {
        var line = new CommandLine(new Slipway());
        String first = args.length == 0 ? "" : args[0];
        if (COMMANDS.containsKey(first)) {
            line.addSubcommand(first, COMMANDS.get(first));
        } else if (!first.isEmpty()) {
            COMMANDS.forEach(line::addSubcommand);
        }
        return line;
    }

    private static int failed(Exception e, CommandLine command) throws Exception {
        if (e instanceof BadFile bad) {
            command.getErr().println(bad.getMessage());
            return ExitCode.USAGE;
        }
        throw e;
    }
}
