package dev.slipway.backend.queues;

import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.queues.JobQueue.NewJob;
import dev.slipway.backend.queues.dispatch.Dispatch;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.StateStore;
import dev.slipway.config.Database;
import dev.slipway.testing.States;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Empty jobs from their publication to their end, each published in a transaction of its own while
/// workers take them: claimed from the state, or brought by a broker.
///
/// @param state as [States#at] says it; empty of jobs
/// @param broker `amqp://host:port/vhost`, or empty for the embedded dispatch
record WholeJobs(Database state, String broker) {
    private static final int PUBLISHERS = 4;

    /// Part of the work that is done at the same time.
    @FunctionalInterface
    interface Task {
        void run(int number) throws Exception;
    }

    /// @param processes that have a worker each; 0: the one that publishes has it
    /// @param threads of each worker
    /// @return jobs a second
    double run(int processes, int threads, int jobs) throws Exception {
        Path logs = Files.createTempDirectory("whole-jobs");
        List<Process> workers = new ArrayList<>();
        try (var store = States.opened(state.url(), state.user());
                // in earnest the backend relays what it publishes too
                var feeder = feeder(store, broker, "publisher")) {
            for (int i = 0; i < processes; i++) {
                workers.add(start(logs, "w" + i, threads));
            }
            try (var _ = processes == 0 ? worker(store, feeder, "here", threads) : null) {
                // the JVMs' start is not what is measured
                publish(store, "first", jobs / 2);
                await(store, jobs / 2);
                long from = System.nanoTime();
                publish(store, "then", jobs);
                await(store, jobs / 2 + jobs);
                return rate(from, jobs);
            } finally {
                for (Process worker : workers) {
                    worker.destroy();
                    worker.waitFor(10, TimeUnit.SECONDS);
                }
            }
        }
    }

    private static void publish(StateStore store, String name, int jobs) throws Exception {
        var clock = InstantSource.system();
        var json = WireJson.mapper();
        var queue = new SqlJobQueue(json, new EventLog(json, clock), clock, new Random(1));
        together(
                PUBLISHERS,
                n -> {
                    for (int i = n; i < jobs; i += PUBLISHERS) {
                        String key = name + i;
                        store.writing(h -> queue.publish(h, job(key)));
                    }
                });
    }

    static void together(int number, Task task) throws Exception {
        try (var threads = Executors.newFixedThreadPool(number)) {
            List<Future<?>> all = new ArrayList<>();
            for (int n = 0; n < number; n++) {
                int own = n;
                all.add(
                        threads.submit(
                                () -> {
                                    task.run(own);
                                    return true;
                                }));
            }
            for (Future<?> each : all) {
                each.get();
            }
        }
    }

    private static NewJob job(String key) {
        return new NewJob("bench", "nothing", "about " + key, key, Map.of("key", key), 5);
    }

    /// How many a second since then.
    static double rate(long from, int count) {
        return count / ((System.nanoTime() - from) / 1e9);
    }

    private static void await(StateStore store, long jobs) {
        while (succeeded(store) < jobs) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }

    private static long succeeded(StateStore store) {
        return store.read(
                h ->
                        h.createQuery(
                                        "SELECT coalesce(sum(jobs), 0) FROM queue_count WHERE state"
                                                + " = 'SUCCEEDED'")
                                .mapTo(Long.class)
                                .one());
    }

    private Process start(Path logs, String name, int threads) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        WholeJobs.class.getName(),
                        state.url(),
                        state.user(),
                        broker,
                        name,
                        Integer.toString(threads))
                .redirectErrorStream(true)
                .redirectOutput(logs.resolve(name + ".log").toFile())
                .start();
    }

    /// A worker in a process of its own, until its standard input ends.
    public static void main(String[] args) throws Exception {
        try (var store = States.opened(args[0], args[1]);
                var feeder = feeder(store, args[2], args[3]);
                var _ = worker(store, feeder, args[3], Integer.parseInt(args[4]))) {
            while (System.in.read() >= 0) {
                // until the bench ends
            }
        }
    }

    /// @return null for the embedded dispatch
    private static @Nullable Dispatch feeder(StateStore store, String broker, String name) {
        if (broker.isEmpty()) {
            return null;
        }
        var clock = InstantSource.system();
        var events = new EventLog(WireJson.mapper(), clock);
        var dispatch =
                new Dispatch(store, events, EffectWorker.settings(broker), clock, name, List.of());
        dispatch.start();
        return dispatch;
    }

    private static Worker worker(
            StateStore store, @Nullable Dispatch feeder, String name, int threads) {
        var clock = InstantSource.system();
        var json = WireJson.mapper();
        var worker =
                new Worker(
                        name,
                        WorkerSettings.standard(threads),
                        // what the queue costs is measured
                        List.of(QueueFixture.handler("nothing", _ -> {})),
                        store,
                        new EventLog(json, clock),
                        json,
                        clock,
                        new Random());
        if (feeder != null) {
            worker.fedBy(feeder);
        }
        worker.start();
        return worker;
    }
}
