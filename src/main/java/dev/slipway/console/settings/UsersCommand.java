package dev.slipway.console.settings;

import dev.slipway.api.access.User;
import dev.slipway.console.terminal.LogInOptions;
import dev.slipway.console.terminal.Wish;

import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// `slipway users`: what an administrator does to users, over the backend's API. The password is
/// asked for on the terminal, or is the first line of standard input; it is never an argument.
@Command(
        name = "users",
        description = "Lists, disables and enables the users of a backend.",
        mixinStandardHelpOptions = true,
        subcommands = HelpCommand.class)
public final class UsersCommand implements Callable<Integer> {
    @Mixin private final LogInOptions backend = new LogInOptions();

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        return ask(client -> client.access().users().forEach(this::print));
    }

    @Command(name = "disable", description = "Lets a user no longer in, and ends their sessions.")
    int disable(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--reason", defaultValue = "") String reason) {
        return ask(client -> print(client.access().disable(name, reason)));
    }

    @Command(name = "enable", description = "Lets a user in again.")
    int enable(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--reason", defaultValue = "") String reason) {
        return ask(client -> print(client.access().enable(name, reason)));
    }

    private int ask(Wish wish) {
        return backend.ask(wish, spec.commandLine().getErr());
    }

    private void print(User one) {
        spec.commandLine()
                .getOut()
                .printf(
                        "%-40s %-10s %s%n",
                        one.name(), one.role(), one.disabled() ? "disabled" : "");
    }
}
