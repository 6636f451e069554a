package dev.slipway.backend.queues.repair;

import dev.slipway.backend.access.AuditLog;
import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.queues.JobHandler;
import dev.slipway.backend.queues.Worker;
import dev.slipway.backend.queues.WorkerSettings;
import dev.slipway.backend.queues.holds.Holds;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.StateStore;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/// A backend's part in the repairs and a worker, in a process of its own, for tests that kill it.
final class RepairProcess {
    private RepairProcess() {}

    static Process start(Path state, String name) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:TieredStopAtLevel=1",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        RepairProcess.class.getName(),
                        state.toString(),
                        name)
                .redirectErrorStream(true)
                .redirectOutput(state.resolveSibling(name + ".log").toFile())
                .start();
    }

    /// Ends when its standard input does.
    public static void main(String[] args) throws Exception {
        var clock = InstantSource.system();
        var json = WireJson.mapper();
        try (var store = StateStore.open(Path.of(args[0]))) {
            var events = new EventLog(json, clock);
            var audit = new AuditLog(store, events, clock);
            var repairs = new RepairStore(json, events);
            var holds = new Holds(events, clock);
            try (var runner = new RepairRunner(args[1], store, repairs, holds, audit, clock);
                    var worker = worker(args[1], store, new Good())) {
                worker.start();
                runner.start();
                while (System.in.read() >= 0) {
                    // whoever started it has nothing to say
                }
            }
        }
    }

    static Worker worker(String name, StateStore store, JobHandler handler) {
        var clock = InstantSource.system();
        var json = WireJson.mapper();
        return new Worker(
                name,
                WorkerSettings.standard(2),
                List.of(handler),
                store,
                new EventLog(json, clock),
                json,
                clock,
                new Random(name.hashCode()));
    }

    private record Good() implements JobHandler {
        @Override
        public String type() {
            return "mail.send";
        }

        @Override
        public void run(JobContext job) {
            // the shop is back
        }
    }
}
