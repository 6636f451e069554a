package dev.slipway.backend.queues;

import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.queues.JobQueue.NewJob;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.StateStore;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// How many empty jobs a second go through the embedded queue, from their publication to their end,
/// beside what the disk gives in plain durable commits in the same run: `QueueBench [JOBS]`. Each
/// job is published in a transaction of its own, while workers take them. Lines with processes have
/// each worker in one of its own, as in earnest; the line with none has it where the jobs are
/// published.
final class QueueBench {
    private static final int THREADS = 4;
    private static final int PUBLISHERS = 4;

    private QueueBench() {}

    public static void main(String[] args) throws Exception {
        if (args.length == 4) {
            work(Path.of(args[1]), args[2], Integer.parseInt(args[3]));
            return;
        }
        int jobs = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
        commits(1);
        System.out.println(
                "workers         commits/s, one writer   as many   jobs/s   of one writer's");
        for (int threads : new int[] {1, 4, 8, 16}) {
            line(threads + " threads", 1, 0, threads, jobs);
        }
        for (int processes : new int[] {1, 2, 4}) {
            String name = processes + " processes x " + THREADS;
            line(name, processes + 1, processes, THREADS, jobs);
        }
        System.exit(0);
    }

    /// @param writers processes that write: the one that publishes, and the workers
    private static void line(String name, int writers, int processes, int threads, int jobs)
            throws Exception {
        double one = commits(1);
        double done = run(processes, threads, jobs);
        double many = commits(writers);
        System.out.printf("%-15s %21.0f %9.0f %8.0f %15.2f%n", name, one, many, done, done / one);
    }

    /// One row in each transaction, synchronous=FULL, nothing else; each writer with a connection
    /// of its own.
    private static double commits(int writers) throws Exception {
        Path file = Files.createTempDirectory("commits").resolve("commits.sqlite");
        int count = 4_000 / writers;
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("CREATE TABLE plain (n INTEGER PRIMARY KEY, text TEXT NOT NULL)");
        }
        long from = System.nanoTime();
        together(writers, _ -> commits(file, count));
        return rate(from, count * writers);
    }

    private static void commits(Path file, int count) throws SQLException {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("PRAGMA busy_timeout = 15000");
            try (var insert =
                    connection.prepareStatement(
                            "INSERT INTO plain (text) VALUES ('a row of plain text')")) {
                for (int i = 0; i < count; i++) {
                    insert.executeUpdate();
                }
            }
        }
    }

    private static double run(int processes, int threads, int jobs) throws Exception {
        Path state = Files.createTempDirectory("queue-bench");
        try (var store = StateStore.open(state)) {
            List<Process> workers = new ArrayList<>();
            for (int i = 0; i < processes; i++) {
                workers.add(start(state, "w" + i, threads));
            }
            try (var _ = processes == 0 ? worker(store, "here", threads) : null) {
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

    @FunctionalInterface
    private interface Task {
        void run(int number) throws Exception;
    }

    private static void together(int number, Task task) throws Exception {
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

    private static double rate(long from, int count) {
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

    private static Process start(Path state, String name, int threads) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        QueueBench.class.getName(),
                        "worker",
                        state.toString(),
                        name,
                        Integer.toString(threads))
                .redirectErrorStream(true)
                .redirectOutput(state.resolve(name + ".log").toFile())
                .start();
    }

    private static void work(Path state, String name, int threads) throws IOException {
        try (var store = StateStore.open(state);
                var _ = worker(store, name, threads)) {
            while (System.in.read() >= 0) {
                // until the bench ends
            }
        }
    }

    private static Worker worker(StateStore store, String name, int threads) {
        var clock = InstantSource.system();
        var json = WireJson.mapper();
        JobHandler nothing =
                new JobHandler() {
                    @Override
                    public String type() {
                        return "nothing";
                    }

                    @Override
                    public void run(JobContext job) {
                        // what the queue costs is measured
                    }
                };
        var worker =
                new Worker(
                        name,
                        WorkerSettings.standard(threads),
                        List.of(nothing),
                        store,
                        new EventLog(json, clock),
                        json,
                        clock,
                        new Random());
        worker.start();
        return worker;
    }
}
