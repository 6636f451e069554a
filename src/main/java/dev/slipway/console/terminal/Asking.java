package dev.slipway.console.terminal;

import dev.slipway.api.access.Credentials;
import dev.slipway.client.BackendClient;
import dev.slipway.client.http.ProblemException;

import picocli.CommandLine.ExitCode;

import java.io.PrintWriter;

/// One visit to a backend: logged in, asked, logged out.
final class Asking {
    private Asking() {}

    /// @param errors where it is told what was refused or failed
    /// @return the exit code: 0 if all of it was done, 1 if something was refused or failed
    static int ask(BackendClient client, String user, Wish wish, PrintWriter errors) {
        try {
            client.logIn(new Credentials(user, Password.of(user)));
            try {
                wish.of(client);
            } finally {
                client.logOut();
            }
            return ExitCode.OK;
        } catch (ProblemException e) {
            errors.println(e.problem().title() + " " + e.problem().detail());
            return ExitCode.SOFTWARE;
        }
    }
}
