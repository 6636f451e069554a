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
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// How many empty jobs a second go through the queue: `QueueBench PROCESSES THREADS JOBS`. Each
/// worker is a process of its own, as in earnest. `QueueBench table JOBS` does it for one worker
/// and more, beside what the disk gives in plain durable commits, one after the other.
final class QueueBench {
    private QueueBench() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals("worker")) {
            work(Path.of(args[1]), args[2], Integer.parseInt(args[3]));
            return;
        }
        if (args[0].equals("table")) {
            for (int processes : new int[] {1, 2, 4}) {
                System.out.printf("plain durable commits: %.0f/s%n", commits());
                run(processes, "2", Integer.parseInt(args[1]));
            }
            return;
        }
        run(Integer.parseInt(args[0]), args[1], Integer.parseInt(args[2]));
    }

    /// One row in each transaction, synchronous=FULL, nothing else.
    private static double commits() throws IOException, SQLException {
        Path file = Files.createTempDirectory("commits").resolve("commits.sqlite");
        int count = 2_000;
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA journal_mode = WAL");
            statement.execute("PRAGMA synchronous = FULL");
            statement.execute("CREATE TABLE plain (n INTEGER PRIMARY KEY, text TEXT NOT NULL)");
            long from = System.nanoTime();
            for (int i = 0; i < count; i++) {
                statement.execute("INSERT INTO plain (text) VALUES ('a row of plain text')");
            }
            return rate(from, count);
        }
    }

    private static void run(int processes, String threads, int jobs) throws Exception {
        Path state = Files.createTempDirectory("queue-bench");
        try (var store = StateStore.open(state)) {
            publish(store, jobs);
            List<Process> workers = new ArrayList<>();
            for (int i = 0; i < processes; i++) {
                workers.add(start(state, "w" + i, threads));
            }
            // the JVMs' start is not what is measured
            await(store, jobs / 10);
            long from = System.nanoTime();
            long before = succeeded(store);
            await(store, jobs);
            double seconds = (System.nanoTime() - from) / 1e9;
            for (Process worker : workers) {
                worker.destroy();
                worker.waitFor(10, TimeUnit.SECONDS);
            }
            System.out.printf(
                    "%d workers x %s threads: %.0f jobs/s%n",
                    processes, threads, (jobs - before) / seconds);
        }
    }

    private static void publish(StateStore store, int jobs) {
        var clock = InstantSource.system();
        var json = WireJson.mapper();
        var queue = new SqlJobQueue(json, new EventLog(json, clock), clock, new Random(1));
        long from = System.nanoTime();
        for (int i = 0; i < jobs / 2; i++) {
            String key = "k" + i;
            store.writing(h -> queue.publish(h, job(key)));
        }
        System.out.printf("publish, one per transaction: %.0f/s%n", rate(from, jobs / 2));
        long batch = System.nanoTime();
        store.writing(
                h -> {
                    for (int i = jobs / 2; i < jobs; i++) {
                        queue.publish(h, job("k" + i));
                    }
                });
        System.out.printf("publish, all in one transaction: %.0f/s%n", rate(batch, jobs / 2));
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

    private static Process start(Path state, String name, String threads) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        QueueBench.class.getName(),
                        "worker",
                        state.toString(),
                        name,
                        threads)
                .redirectErrorStream(true)
                .redirectOutput(state.resolve(name + ".log").toFile())
                .start();
    }

    private static void work(Path state, String name, int threads) throws IOException {
        var clock = InstantSource.system();
        var json = WireJson.mapper();
        var count = new AtomicLong();
        JobHandler nothing =
                new JobHandler() {
                    @Override
                    public String type() {
                        return "nothing";
                    }

                    @Override
                    public void run(JobContext job) {
                        count.incrementAndGet();
                    }
                };
        try (var store = StateStore.open(state);
                var worker =
                        new Worker(
                                name,
                                WorkerSettings.standard(threads),
                                List.of(nothing),
                                store,
                                new EventLog(json, clock),
                                json,
                                clock,
                                new Random())) {
            worker.start();
            while (System.in.read() >= 0) {
                // until the bench ends
            }
        }
    }
}
