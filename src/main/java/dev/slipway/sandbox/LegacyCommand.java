package dev.slipway.sandbox;

import dev.slipway.config.Configuration;
import dev.slipway.sandbox.legacy.LegacyServer;
import dev.slipway.shop.ProcessOptions;
import dev.slipway.shop.http.Life;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.Callable;

/// `slipway sandbox legacy`: the legacy shop's application over the database of the configuration.
@Command(name = "legacy", description = "Serves the legacy shop.", mixinStandardHelpOptions = true)
public final class LegacyCommand implements Callable<Integer> {
    private static final String PREFIX = "jdbc:sqlite:";

    @Mixin private ProcessOptions options = new ProcessOptions();

    @Override
    public Integer call() throws InterruptedException {
        var life = new Life();
        if (options.withParent()) {
            life.endWith(System.in);
        }
        Configuration configuration = options.configuration();
        int port = SandboxSettings.read(configuration).legacyPort();
        var server =
                LegacyServer.start("127.0.0.1", port, database(configuration), Clock.systemUTC());
        life.serve(System.out, "ready " + server.url(), server);
        return 0;
    }

    private static Path database(Configuration configuration) {
        String url = configuration.database("legacy").url();
        if (!url.startsWith(PREFIX)) {
            throw new IllegalArgumentException("the sandbox's legacy shop runs on SQLite");
        }
        Path file = Path.of(url.substring(PREFIX.length()));
        if (!Files.exists(file)) {
            throw new IllegalStateException(
                    "there is no legacy database " + file + "; 'sandbox generate' makes one");
        }
        return file;
    }
}
