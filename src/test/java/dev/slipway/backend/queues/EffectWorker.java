package dev.slipway.backend.queues;

import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.queues.dispatch.BrokerSettings;
import dev.slipway.backend.queues.dispatch.Dispatch;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.StateStore;
import dev.slipway.config.Database;

import org.jdbi.v3.core.Handle;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// A worker in a process of its own, on PostgreSQL, that a test may kill. Its jobs' effect is a row
/// in `effect_sink`, which has no key that would hide a double, written in the transaction of the
/// record that the job was done.
final class EffectWorker {
    private static final Duration LEASE = Duration.ofSeconds(5);

    private EffectWorker() {}

    /// @param broker `amqp://host:port/vhost`, or empty for the embedded dispatch
    static Process start(Database state, String broker, String name, Path log) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx128m",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        EffectWorker.class.getName(),
                        state.url(),
                        state.user(),
                        name,
                        broker));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
    }

    static void tables(Handle handle) {
        handle.execute("CREATE TABLE effect_done (job TEXT PRIMARY KEY)");
        handle.execute("CREATE TABLE effect_sink (job TEXT NOT NULL)");
    }

    static BrokerSettings settings(String broker) {
        return new BrokerSettings(URI.create(broker), "guest", "guest", "test");
    }

    /// Ends when its standard input does.
    public static void main(String[] args) throws Exception {
        var clock = InstantSource.system();
        var json = WireJson.mapper();
        var store = StateStore.open(new Database(args[0], args[1], ""));
        var worker =
                new Worker(
                        args[2],
                        WorkerProcess.settings(LEASE),
                        List.of(handler(store)),
                        store,
                        new EventLog(json, clock),
                        json,
                        clock,
                        new Random());
        if (args.length > 3 && !args[3].isEmpty()) {
            var dispatch =
                    new Dispatch(
                            store,
                            new EventLog(json, clock),
                            settings(args[3]),
                            clock,
                            args[2],
                            List.of());
            dispatch.start();
            worker.fedBy(dispatch);
        }
        worker.start();
        while (System.in.read() >= 0) {
            // whoever started it has nothing to say
        }
        worker.close();
        store.close();
        System.exit(0);
    }

    private static JobHandler handler(StateStore store) {
        return QueueFixture.handler("effect", job -> store.writing(h -> effect(h, job.id())));
    }

    private static void effect(Handle handle, String job) {
        int fresh =
                handle.execute("INSERT INTO effect_done VALUES (?) ON CONFLICT DO NOTHING", job);
        if (fresh == 1) {
            handle.execute("INSERT INTO effect_sink VALUES (?)", job);
        }
    }
}
