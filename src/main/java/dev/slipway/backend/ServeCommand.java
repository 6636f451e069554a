package dev.slipway.backend;

import dev.slipway.api.access.Session;
import dev.slipway.backend.http.HttpServer;
import dev.slipway.backend.store.OwnerOnly;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.Callable;

/// `slipway serve`: the backend's API.
@Command(name = "serve", description = "Serves the backend's API.", mixinStandardHelpOptions = true)
public final class ServeCommand implements Callable<Integer> {
    @Mixin private final ProcessOptions process = new ProcessOptions();

    @Option(
            names = "--console-token-file",
            description =
                    "Writes a session of the sandbox's administrator there, for its console. Not in"
                            + " production.")
    @Nullable Path consoleTokenFile;

    @Override
    public Integer call() throws IOException, InterruptedException {
        var wiring =
                new BackendWiring(process.configuration(), process.home(), InstantSource.system());
        if (consoleTokenFile != null && wiring.production()) {
            System.err.println("--console-token-file is refused: this environment is production.");
            return 2;
        }
        HttpServer server = wiring.serve();
        String url = wiring.url(server);
        if (consoleTokenFile != null) {
            writeToken(wiring, url, consoleTokenFile);
        }
        process.serveUntilEnd(
                "ready " + url,
                () -> {
                    wiring.endStreams();
                    server.close();
                    wiring.close();
                });
        return 0;
    }

    private static void writeToken(BackendWiring wiring, String url, Path file) throws IOException {
        Session session = wiring.sandboxSession();
        String json =
                wiring.json()
                        .writeValueAsString(
                                Map.of(
                                        "url", url,
                                        "user", session.user(),
                                        "token", String.valueOf(session.token()),
                                        "role", session.role(),
                                        "expiresAt", session.expiresAt()));
        OwnerOnly.write(file.toAbsolutePath(), json);
    }
}
