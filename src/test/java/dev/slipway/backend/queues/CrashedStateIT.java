package dev.slipway.backend.queues;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.StateStore;
import dev.slipway.testing.KillablePostgres;

import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// The state's PostgreSQL crashes under two workers and comes back: they go on by themselves, every
/// effect happens once, and whose commit was cut off in the middle is no exception.
class CrashedStateIT {
    private static final int JOBS = 600;

    @TempDir Path folder;

    @Test
    void everyEffectHappensOnceThoughTheDatabaseCrashes() throws Exception {
        List<Process> workers = new ArrayList<>();
        try (var postgres = KillablePostgres.start(folder)) {
            var database = postgres.make("state");
            try (var store = StateStore.open(database)) {
                store.writing(EffectWorker::tables);
                for (int w = 0; w < 2; w++) {
                    Path log = folder.resolve("worker" + w + ".log");
                    workers.add(EffectWorker.start(database, "", "", "w" + w, log));
                }
                // one that finds no database as it starts ends, and says so
                eventually("both work", () -> count(store, "worker") == 2);
                publish(store);
                for (int crash = 1; crash <= 2; crash++) {
                    int least = JOBS * crash / 3;
                    eventually("jobs go on", () -> count(store, "effect_sink") >= least);
                    postgres.crashAndStartAgain();
                }
                eventually(
                        "all have succeeded",
                        () -> count(store, "job WHERE state = 'SUCCEEDED'") == JOBS);
                assertThat(workers).allMatch(Process::isAlive);
                assertThat(count(store, "effect_sink")).isEqualTo(JOBS);
                assertThat(count(store, "(SELECT DISTINCT job FROM effect_sink) AS d"))
                        .isEqualTo(JOBS);
            } finally {
                for (Process worker : workers) {
                    worker.destroyForcibly().waitFor();
                }
            }
        }
    }

    private static void publish(StateStore store) {
        var clock = InstantSource.system();
        var json = WireJson.mapper();
        var queue = new SqlJobQueue(json, new EventLog(json, clock), clock, new Random(1));
        store.writing(
                handle -> {
                    for (int i = 0; i < JOBS; i++) {
                        queue.publish(
                                handle,
                                new JobQueue.NewJob(
                                        "work",
                                        "effect",
                                        "job " + i,
                                        "k" + i,
                                        Map.of("least", 0),
                                        20));
                    }
                });
    }

    /// -1 while the database is away.
    private static long count(StateStore store, String what) {
        try {
            return store.read(
                    handle ->
                            handle.createQuery("SELECT count(*) FROM " + what)
                                    .mapTo(Long.class)
                                    .one());
        } catch (JdbiException e) {
            return -1;
        }
    }
}
