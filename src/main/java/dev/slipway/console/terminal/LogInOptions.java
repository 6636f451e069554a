package dev.slipway.console.terminal;

import dev.slipway.api.access.Credentials;
import dev.slipway.api.access.Session;
import dev.slipway.client.BackendClient;
import dev.slipway.client.http.ProblemException;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;

/// Which backend a command asks, and as whom. The password is asked for on the terminal, or is the
/// first line of standard input; it is never an argument.
public final class LogInOptions {
    @Option(
            names = "--connect",
            paramLabel = "URL",
            required = true,
            description = "The backend, for example https://shop.example:7480.")
    private URI url = URI.create("http://127.0.0.1:7480");

    @Option(names = "--user", description = "Who asks (${DEFAULT-VALUE}).")
    private String user = "admin";

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "The backend's certificate (PEM), to be trusted and nothing else.")
    private @Nullable Path certificate;

    /// A client for it that is not logged in.
    public BackendClient client() {
        return new BackendClient(url, BackendClient.TokenSource.NONE, certificate);
    }

    public Session logIn(BackendClient client) throws ProblemException {
        return client.logIn(new Credentials(user, Password.of(user)));
    }

    /// Logs in, asks, and logs out.
    ///
    /// @param errors where it is told what was refused or failed
    /// @return the exit code: 0 if all of it was done, 1 if something was refused or failed
    public int ask(Wish wish, PrintWriter errors) {
        return Asking.ask(client(), user, wish, errors);
    }
}
