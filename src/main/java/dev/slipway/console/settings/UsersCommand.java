package dev.slipway.console.settings;

import dev.slipway.api.access.Credentials;
import dev.slipway.api.access.User;
import dev.slipway.client.BackendClient;
import dev.slipway.client.ProblemException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.Console;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/// `slipway users`: what an administrator does to users, over the backend's API. The password is
/// asked for on the terminal, or is the first line of standard input; it is never an argument.
@Command(
        name = "users",
        description = "Lists, disables and enables the users of a backend.",
        mixinStandardHelpOptions = true,
        subcommands = HelpCommand.class)
public final class UsersCommand implements Callable<Integer> {
    @Option(
            names = "--connect",
            paramLabel = "URL",
            required = true,
            description = "The backend, for example https://shop.example:7480.")
    URI url = URI.create("http://127.0.0.1:7480");

    @Option(names = "--user", description = "Who asks (${DEFAULT-VALUE}).")
    String user = "admin";

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "The backend's certificate (PEM), to be trusted and nothing else.")
    private @Nullable Path certificate;

    @Spec private CommandSpec spec = CommandSpec.create();

    /// What an administrator asks of the backend.
    private interface Wish {
        void of(BackendClient client) throws ProblemException;
    }

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
        var client = new BackendClient(url, BackendClient.TokenSource.NONE, certificate);
        try {
            client.logIn(new Credentials(user, password()));
            try {
                wish.of(client);
            } finally {
                client.logOut();
            }
            return ExitCode.OK;
        } catch (ProblemException e) {
            spec.commandLine().getErr().println(e.problem().title() + " " + e.problem().detail());
            return ExitCode.SOFTWARE;
        }
    }

    private String password() {
        Console terminal = System.console();
        if (terminal != null && terminal.isTerminal()) {
            char[] typed = terminal.readPassword("Password of %s: ", user);
            return typed == null ? "" : new String(typed);
        }
        return new java.util.Scanner(System.in).nextLine();
    }

    private void print(User one) {
        spec.commandLine()
                .getOut()
                .printf(
                        "%-40s %-10s %s%n",
                        one.name(), one.role(), one.disabled() ? "disabled" : "");
    }
}
