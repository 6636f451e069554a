package dev.slipway.console.terminal;

import com.fasterxml.jackson.core.JsonProcessingException;

import dev.slipway.client.BackendClient;
import dev.slipway.client.http.Json;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

import java.net.URI;
import java.nio.file.Path;

/// Which backend a command asks, as whom, and how it prints the answer. The password is asked for
/// on the terminal, or is the first line of standard input; it is never an argument. The options
/// may stand before or after a subcommand.
public final class Backend {
    @Option(
            names = "--connect",
            paramLabel = "URL",
            scope = ScopeType.INHERIT,
            description = "The backend, for example https://shop.example:7480; always needed.")
    private @Nullable URI url;

    @Option(
            names = "--user",
            scope = ScopeType.INHERIT,
            description = "Who asks (${DEFAULT-VALUE}).")
    private String user = "admin";

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            description = "The backend's certificate (PEM), to be trusted and nothing else.")
    private @Nullable Path certificate;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print JSON, one value per line, instead of text.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /// Logs in, asks, and logs out.
    ///
    /// @return the exit code: 0 if all of it was done, 1 if something was refused or failed, which
    ///   is told on standard error
    public int ask(Wish wish) {
        if (url == null) {
            throw new ParameterException(
                    spec.commandLine(), "Missing --connect URL: which backend is meant?");
        }
        var client = new BackendClient(url, BackendClient.TokenSource.NONE, certificate);
        return Asking.ask(client, user, wish, spec.commandLine().getErr());
    }

    /// Prints a thing: as one line of JSON, or as text.
    public void print(Object thing, String text) {
        var out = spec.commandLine().getOut();
        if (!json) {
            out.println(text);
            return;
        }
        try {
            out.println(Json.mapper().writeValueAsString(thing));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the contract's records can be written as JSON", e);
        }
    }

    /// Prints what only a person reads: nothing where JSON is wanted.
    public void say(String text) {
        if (!json) {
            spec.commandLine().getOut().println(text);
        }
    }
}
