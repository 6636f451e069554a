package dev.slipway.backend;

import dev.slipway.backend.tasks.pool.Busy;
import dev.slipway.backend.tasks.pool.PoolSettings;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// `slipway worker`: runs jobs of the state database, beside the server and any other workers.
@Command(
        name = "worker",
        description = "Runs jobs of the state database.",
        mixinStandardHelpOptions = true)
public final class WorkerCommand implements Callable<Integer> {
    @Mixin private final ProcessOptions process = new ProcessOptions();

    @Option(
            names = "--types",
            split = ",",
            description = "Runs jobs of these types alone; all if not given.")
    List<String> types = List.of();

    @Option(
            names = "--idle",
            paramLabel = "TIME",
            description = "Ends after so long without a job (60s, 5min, 1h); never if not given.")
    @Nullable String idle;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, InterruptedException {
        Duration patience = patience();
        var wiring =
                new BackendWiring(process.configuration(), process.home(), InstantSource.system());
        try {
            Busy busy = wiring.work(wiring.workerThreads(), types);
            if (patience != null) {
                endWhenIdle(busy, patience);
            }
        } catch (IllegalArgumentException e) {
            wiring.close();
            throw new ParameterException(spec.commandLine(), "--types: " + e.getMessage(), e);
        }
        process.serveUntilEnd("ready worker", wiring::close);
        return ExitCode.OK;
    }

    private @Nullable Duration patience() {
        String text = idle;
        if (text == null) {
            return null;
        }
        return PoolSettings.span(text)
                .filter(span -> span.toSeconds() >= 1)
                .orElseThrow(
                        () ->
                                new ParameterException(
                                        spec.commandLine(), "--idle is like 60s, 5min or 1h"));
    }

    /// The end of the process runs what its end always runs: a job that was taken in that very
    /// moment is given back.
    private static void endWhenIdle(Busy busy, Duration patience) {
        Executors.newSingleThreadScheduledExecutor(
                        Thread.ofPlatform().name("idle").daemon().factory())
                .scheduleWithFixedDelay(
                        () -> {
                            if (busy.idle().compareTo(patience) >= 0) {
                                System.exit(ExitCode.OK);
                            }
                        },
                        1,
                        1,
                        TimeUnit.SECONDS);
    }
}
