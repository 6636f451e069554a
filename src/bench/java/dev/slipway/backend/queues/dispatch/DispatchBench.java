package dev.slipway.backend.queues.dispatch;

import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.StateStore;
import dev.slipway.bench.DurablePostgres;
import dev.slipway.testing.RabbitMq;

import org.jdbi.v3.core.Handle;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// The broker's part of a job side by side with RabbitMQ's own PerfTest: `DispatchBench MESSAGES`.
/// Wake-ups stand in the outbox; a relay takes, publishes and removes them, a consumer
/// acknowledges. The confirm window, the size of a message, the queue's type and the prefetch are
/// the same for both; they take turns on one node. PerfTest is `com.rabbitmq:perf-test:2.22.1`; its
/// class path with all that it needs is given by `SLIPWAY_BENCH_PERFTEST`, since its logging would
/// get in the way of ours. The whole job is measured by `WholeJobBench`.
final class DispatchBench {
    private static final int ROUNDS = 3;
    private static final int PREFETCH = 250;
    private static final Pattern RECEIVED = Pattern.compile("receiving rate avg: (\\d+) msg/s");

    private DispatchBench() {}

    public static void main(String[] args) throws Exception {
        int messages = args.length > 0 ? Integer.parseInt(args[0]) : 20_000;
        Path folder = Files.createTempDirectory("dispatch-bench");
        try (var rabbit = RabbitMq.start(folder);
                var lite = StateStore.open(folder.resolve("state"));
                var server = DurablePostgres.start();
                var postgres = StateStore.open(server.fresh())) {
            System.out.println("messages/s      PerfTest   SQLite outbox   PostgreSQL outbox");
            for (int round = 0; round < ROUNDS; round++) {
                double perfTest = perfTest(rabbit, messages);
                double onSqlite = ours(rabbit, lite, messages, "l" + round);
                double onPostgres = ours(rabbit, postgres, messages, "p" + round);
                System.out.printf(
                        "round %d     %12.0f  %8.0f (%.2f)  %12.0f (%.2f)%n",
                        round,
                        perfTest,
                        onSqlite,
                        onSqlite / perfTest,
                        onPostgres,
                        onPostgres / perfTest);
            }
        }
        System.exit(0);
    }

    private static double ours(RabbitMq rabbit, StateStore store, int messages, String prefix)
            throws Exception {
        store.writing(handle -> fill(handle, messages));
        URI url = URI.create("amqp://" + rabbit.host() + ":" + rabbit.port());
        var broker =
                new Rabbit(
                        new BrokerSettings(url, RabbitMq.USER, RabbitMq.PASSWORD, prefix), "bench");
        var clock = InstantSource.system();
        try (broker;
                var deliveries = broker.consume(PREFETCH);
                var relay =
                        new Relay(
                                store,
                                broker,
                                new Health(
                                        store,
                                        new EventLog(WireJson.mapper(), clock),
                                        clock,
                                        "bench"),
                                clock)) {
            broker.publisher().publish(List.of());
            long from = System.nanoTime();
            relay.start();
            for (int acked = 0; acked < messages; ) {
                Delivery next = deliveries.next(Duration.ofSeconds(30));
                if (next == null) {
                    throw new IllegalStateException("only " + acked + " came");
                }
                next.answer().done(true);
                acked++;
            }
            return messages / ((System.nanoTime() - from) / 1e9);
        }
    }

    private static void fill(Handle handle, int messages) {
        var batch =
                handle.prepareBatch(
                        "INSERT INTO wake_up (job, priority, not_before) VALUES (:job, 2, 0)");
        for (int i = 0; i < messages; i++) {
            batch.bind("job", UUID.randomUUID().toString()).add();
        }
        batch.execute();
    }

    private static double perfTest(RabbitMq rabbit, int messages)
            throws IOException, InterruptedException {
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-cp",
                                System.getenv("SLIPWAY_BENCH_PERFTEST"),
                                "com.rabbitmq.perf.PerfTest",
                                "--uri",
                                "amqp://%s:%s@%s:%d"
                                        .formatted(
                                                RabbitMq.USER,
                                                RabbitMq.PASSWORD,
                                                rabbit.host(),
                                                rabbit.port())));
        command.addAll(
                List.of(
                        "-x",
                        "1",
                        "-y",
                        "1",
                        "-qq",
                        "-u",
                        "perf" + System.nanoTime(),
                        "-f",
                        "persistent"));
        command.addAll(List.of("-s", "36", "-q", "" + PREFETCH, "-c", "" + Relay.WINDOW));
        command.addAll(List.of("-C", "" + messages, "-D", "" + messages));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor(1, TimeUnit.MINUTES);
        var rate = RECEIVED.matcher(said);
        if (!rate.find()) {
            throw new IllegalStateException("PerfTest said: " + said);
        }
        return Double.parseDouble(rate.group(1));
    }
}
