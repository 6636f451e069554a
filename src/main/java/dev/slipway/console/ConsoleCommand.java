package dev.slipway.console;

import dev.slipway.console.fx.Fonts;
import dev.slipway.console.settings.Connection;
import dev.slipway.console.settings.Sandbox;

import javafx.application.Platform;
import javafx.stage.Stage;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

/// Opens the console on a backend that runs already.
@Command(
        name = "console",
        description = "Opens the desktop console on a backend.",
        mixinStandardHelpOptions = true)
public final class ConsoleCommand implements Callable<Integer> {
    /// Half a gigabyte.
    public static final long STORE_BYTES = 500_000_000;

    @Option(
            names = "--connect",
            paramLabel = "URL",
            description = "The backend, for example http://127.0.0.1:8080. Default: the last one.")
    private @Nullable URI url;

    @Option(names = "--name", paramLabel = "NAME", description = "What to call that backend.")
    private @Nullable String name;

    @Option(
            names = "--token-file",
            paramLabel = "FILE",
            description = "Holds a bearer token; without it you log in.")
    private @Nullable Path tokenFile;

    @Option(
            names = "--certificate",
            paramLabel = "FILE",
            description = "The backend's certificate (PEM), to be trusted and nothing else.")
    private @Nullable Path certificate;

    @Option(
            names = "--home",
            paramLabel = "DIR",
            description = "Slipway's folder. Default: $SLIPWAY_HOME, else ~/.slipway.")
    private @Nullable Path home;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        open(folder(), connection(), Optional.empty());
        return 0;
    }

    /// Opens the console and returns when its window is closed.
    ///
    /// @param folder where settings and what is kept offline live
    /// @param connection the backend; empty for the one used last
    /// @param sandbox the sandbox, if this process started one
    public static void open(Path folder, Optional<Connection> connection, Optional<Sandbox> sandbox)
            throws InterruptedException {
        var closed = new CountDownLatch(1);
        var fault = new AtomicReference<@Nullable RuntimeException>();
        var prepared =
                CompletableFuture.supplyAsync(
                        () -> Console.prepare(folder, STORE_BYTES, connection, sandbox),
                        work -> Thread.ofPlatform().name("prepare").daemon().start(work));
        Platform.startup(
                () -> {
                    try {
                        Fonts.load();
                        Console console = prepared.join();
                        console.open(new Stage());
                        console.onClosed(closed::countDown);
                    } catch (CompletionException e) {
                        fault.set(e.getCause() instanceof RuntimeException cause ? cause : e);
                        closed.countDown();
                    } catch (RuntimeException e) {
                        fault.set(e);
                        closed.countDown();
                    }
                });
        closed.await();
        Platform.exit();
        RuntimeException thrown = fault.get();
        if (thrown != null) {
            throw thrown;
        }
    }

    private Optional<Connection> connection() {
        URI backend = url;
        if (backend == null) {
            return Optional.empty();
        }
        try {
            String called = name == null ? backend.getHost() + " " + backend.getPort() : name;
            return Optional.of(
                    new Connection(called, backend, absolute(tokenFile), absolute(certificate)));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        }
    }

    private static @Nullable String absolute(@Nullable Path file) {
        return file == null ? null : file.toAbsolutePath().toString();
    }

    private Path folder() {
        return folder(home);
    }

    /// The console's folder in a home folder, or in the default one.
    public static Path folder(@Nullable Path home) {
        return home(home).resolve("console");
    }

    /// The home folder that was asked for, or the default one.
    public static Path home(@Nullable Path asked) {
        String variable = System.getenv("SLIPWAY_HOME");
        if (asked != null) {
            return asked;
        }
        return variable != null && !variable.isBlank()
                ? Path.of(variable)
                : Path.of(System.getProperty("user.home"), ".slipway");
    }
}
