package dev.slipway.backend.queues;

import dev.slipway.backend.queues.dispatch.BrokerSettings;
import dev.slipway.bench.DurablePostgres;
import dev.slipway.config.Database;
import dev.slipway.testing.States;

import java.nio.file.Files;
import java.util.EnumSet;
import java.util.Set;

/// How many empty jobs a second go through the queue, from their publication to their end, claimed
/// from the state and brought by RabbitMQ, over SQLite and over PostgreSQL: publish, relay,
/// deliver, claim, handle, complete. `WholeJobBench [JOBS [ADAPTER …]]`. All that is told done is
/// on the disk: SQLite's synchronous=FULL, PostgreSQL's fsync, confirms of quorum queues. Lines
/// with processes have each worker in one of its own, as in earnest; those with threads have it
/// where the jobs are published.
final class WholeJobBench {
    private static final int THREADS = 4;

    private WholeJobBench() {}

    public static void main(String[] args) throws Exception {
        int jobs = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
        Set<Adapters> adapters = EnumSet.noneOf(Adapters.class);
        for (int i = 1; i < args.length; i++) {
            adapters.add(Adapters.valueOf(args[i]));
        }
        if (adapters.isEmpty()) {
            adapters.addAll(EnumSet.allOf(Adapters.class));
        }
        System.out.printf("%-15s", "jobs/s");
        adapters.forEach(adapter -> System.out.printf(" %18s", adapter));
        System.out.println();
        try (var postgres = DurablePostgres.start()) {
            for (int threads : new int[] {1, 4, 8}) {
                line(threads + " threads", adapters, postgres, 0, threads, jobs);
            }
            for (int processes : new int[] {1, 2, 4}) {
                String name = processes + " processes x " + THREADS;
                line(name, adapters, postgres, processes, THREADS, jobs);
            }
        }
        System.exit(0);
    }

    private static void line(
            String name,
            Set<Adapters> adapters,
            DurablePostgres postgres,
            int processes,
            int threads,
            int jobs)
            throws Exception {
        System.out.printf("%-15s", name);
        for (Adapters adapter : adapters) {
            System.out.printf(" %18.0f", run(adapter, postgres, processes, threads, jobs));
        }
        System.out.println();
    }

    private static double run(
            Adapters adapter, DurablePostgres postgres, int processes, int threads, int jobs)
            throws Exception {
        Database state =
                adapter.states() == States.POSTGRES
                        ? postgres.fresh()
                        : States.SQLITE.at(Files.createTempDirectory("whole-job-bench"));
        if (!adapter.broker()) {
            return new WholeJobs(state, "").run(processes, threads, jobs);
        }
        BrokerSettings broker = Adapters.freshBroker();
        try {
            return new WholeJobs(state, broker.url().toString()).run(processes, threads, jobs);
        } finally {
            Adapters.remove(broker);
        }
    }
}
