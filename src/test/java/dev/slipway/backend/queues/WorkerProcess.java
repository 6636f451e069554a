package dev.slipway.backend.queues;

import dev.slipway.backend.ProcessEnd;
import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.StateStore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// A worker in a process of its own, for tests that kill it. Each run of a job appends a line `ID
/// WORKER begun` and, at its end, `ID WORKER done` to a file.
final class WorkerProcess {
    private WorkerProcess() {}

    /// Starts one.
    ///
    /// @param millis how long each job takes
    /// @param lease long where a busy machine must not cost a lease, short where it is to end
    static Process start(Path state, Path effects, String name, long millis, Duration lease)
            throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WorkerProcess.class.getName(),
                        state.toString(),
                        effects.toString(),
                        name,
                        "" + millis,
                        lease.toString())
                .redirectErrorStream(true)
                .redirectOutput(effects.resolveSibling(name + ".log").toFile())
                .start();
    }

    /// Ends when its standard input does, or by SIGTERM, as `slipway worker` does.
    public static void main(String[] args) throws Exception {
        var clock = InstantSource.system();
        var json = WireJson.mapper();
        var store = StateStore.open(Path.of(args[0]));
        var worker =
                new Worker(
                        args[2],
                        settings(Duration.parse(args[4])),
                        List.of(handler(args), steps(args)),
                        store,
                        new EventLog(json, clock),
                        json,
                        clock,
                        new Random());
        worker.start();
        ProcessEnd.await(
                "ready",
                true,
                () -> {
                    worker.close();
                    store.close();
                });
        System.exit(0);
    }

    /// A job of a thousand steps that stops between two of them when it is told to, and goes on
    /// where it was: the step is its progress.
    private static JobHandler steps(String[] args) {
        Path effects = Path.of(args[1]);
        return QueueFixture.handler(
                "steps",
                job -> {
                    Path at = effects.resolveSibling(job.id() + ".step");
                    int step = Files.exists(at) ? Integer.parseInt(Files.readString(at)) : 0;
                    append(effects, job.id() + " " + args[2] + " from " + step);
                    while (step < 1_000 && !job.stopping()) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
                        Files.writeString(at, "" + ++step);
                        job.progress(step, 1_000);
                    }
                    append(effects, job.id() + " " + args[2] + " until " + step);
                });
    }

    /// As in earnest, but with another lease.
    static WorkerSettings settings(Duration lease) {
        return new WorkerSettings(
                2,
                lease,
                lease.dividedBy(4),
                Duration.ofMillis(200),
                Duration.ofMillis(50),
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                40);
    }

    private static JobHandler handler(String[] args) {
        Path effects = Path.of(args[1]);
        return QueueFixture.handler(
                "effect",
                job -> {
                    append(effects, job.id() + " " + args[2] + " begun");
                    long end =
                            System.nanoTime()
                                    + TimeUnit.MILLISECONDS.toNanos(Long.parseLong(args[3]));
                    while (System.nanoTime() < end) {
                        LockSupport.parkNanos(1_000_000);
                    }
                    append(effects, job.id() + " " + args[2] + " done");
                });
    }

    private static void append(Path file, String line) throws IOException {
        Files.writeString(file, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }
}
