package dev.slipway.backend.queues;

import dev.slipway.testing.States;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;

/// How many empty jobs a second go through the embedded queue, from their publication to their end,
/// beside what the disk gives in plain durable commits in the same run: `QueueBench [JOBS]`. Each
/// job is published in a transaction of its own, while workers take them. Lines with processes have
/// each worker in one of its own, as in earnest; the line with none has it where the jobs are
/// published.
final class QueueBench {
    private static final int THREADS = 4;

    private QueueBench() {}

    public static void main(String[] args) throws Exception {
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
        var state = States.SQLITE.at(Files.createTempDirectory("queue-bench"));
        double done = new WholeJobs(state, "").run(processes, threads, jobs);
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
        WholeJobs.together(writers, _ -> commits(file, count));
        return WholeJobs.rate(from, count * writers);
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
}
