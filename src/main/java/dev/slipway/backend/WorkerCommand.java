package dev.slipway.backend;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.Callable;

/// `slipway worker`: runs jobs of the state database, beside the server and any other workers.
@Command(
        name = "worker",
        description = "Runs jobs of the state database.",
        mixinStandardHelpOptions = true)
public final class WorkerCommand implements Callable<Integer> {
    @Mixin private final ProcessOptions process = new ProcessOptions();

    @Override
    public Integer call() throws IOException, InterruptedException {
        var wiring =
                new BackendWiring(process.configuration(), process.home(), InstantSource.system());
        wiring.work(wiring.workerThreads());
        process.serveUntilEnd("ready worker", wiring::close);
        return 0;
    }
}
