package dev.slipway.backend.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.testing.States;

import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// What a write may rely on, on each engine and from two processes' worth of stores.
@ParameterizedClass
@EnumSource(States.class)
class StateStoreIT {
    private final States states;

    @TempDir Path folder;

    StateStoreIT(States states) {
        this.states = states;
    }

    @Test
    void aWriteActsOnWhatIsStillSo() throws Exception {
        try (var here = states.open(folder);
                var there = states.open(folder)) {
            for (int round = 0; round < 30; round++) {
                here.writing(h -> h.execute("DELETE FROM worker"));
                here.writing(h -> h.execute("INSERT INTO worker VALUES ('a', 1, 0), ('b', 1, 0)"));
                // each may leave while the other stays
                together(() -> leave(here, "a"), () -> leave(there, "b"));
                assertThat(number(here, "SELECT sum(threads) FROM worker")).isEqualTo(1);
            }
        }
    }

    private static int leave(StateStore store, String name) {
        return store.write(
                handle ->
                        one(handle, "SELECT sum(threads) FROM worker") == 2
                                ? handle.execute(
                                        "UPDATE worker SET threads = 0 WHERE name = ?", name)
                                : 0);
    }

    @Test
    void noneOfManyReadAndWrittenIsLost() throws Exception {
        try (var here = states.open(folder);
                var there = states.open(folder)) {
            here.writing(h -> h.execute("INSERT INTO worker VALUES ('n', 0, 0)"));
            together(() -> count(here), () -> count(there), () -> count(here), () -> count(there));
            assertThat(number(here, "SELECT threads FROM worker")).isEqualTo(100);
        }
    }

    private static int count(StateStore store) {
        for (int i = 0; i < 25; i++) {
            store.writing(
                    handle -> {
                        long n = one(handle, "SELECT threads FROM worker WHERE name = 'n'");
                        handle.execute("UPDATE worker SET threads = ? WHERE name = 'n'", n + 1);
                    });
        }
        return 25;
    }

    @Test
    void whatFailsLeavesNothing() {
        try (var store = states.open(folder)) {
            try {
                store.writing(
                        handle -> {
                            handle.execute("INSERT INTO worker VALUES ('x', 1, 0)");
                            throw new IllegalStateException("on purpose");
                        });
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("on purpose");
            }
            assertThat(number(store, "SELECT count(*) FROM worker")).isZero();
        }
    }

    @Test
    void aTextMayHoldAnyCharacter() {
        String odd = "a\0b 'c' \uD83D\uDE00 \u2028";
        try (var store = states.open(folder)) {
            store.writing(
                    handle ->
                            handle.createUpdate("INSERT INTO worker VALUES (:name, 1, 0)")
                                    .bind("name", odd)
                                    .execute());
            String kept =
                    store.read(
                            handle ->
                                    handle.createQuery("SELECT name FROM worker WHERE name = :name")
                                            .bind("name", odd)
                                            .mapTo(String.class)
                                            .one());
            assertThat(kept.replace('\0', '\uFFFD')).isEqualTo(odd.replace('\0', '\uFFFD'));
        }
    }

    /// Random moves of jobs from two stores at once; then every count that triggers keep is what
    /// SQL counts over the jobs themselves, folded or not.
    @Test
    void countsAreWhatIsThere() throws Exception {
        try (var here = states.open(folder);
                var there = states.open(folder)) {
            together(() -> moves(here, "h", 1), () -> moves(there, "t", 2));
            assertCountsFit(here);
            here.fold();
            assertCountsFit(here);
            together(() -> moves(here, "h2", 3), () -> moves(there, "t2", 4), () -> fold(here));
            assertCountsFit(there);
        }
    }

    private static int fold(StateStore store) {
        for (int i = 0; i < 20; i++) {
            store.fold();
        }
        return 20;
    }

    private static int moves(StateStore store, String prefix, int seed) {
        var random = new Random(seed);
        for (int i = 0; i < 12; i++) {
            int n = i;
            store.alongside(
                    handle -> {
                        for (int j = 0; j < 5; j++) {
                            insert(handle, prefix + n + "-" + j, "q" + random.nextInt(3));
                        }
                        return 5;
                    });
            store.alongside(
                    handle ->
                            handle.execute(
                                    "UPDATE job SET state = 'RUNNING' WHERE state IN ('READY',"
                                            + " 'RETRYING') AND id LIKE ?",
                                    prefix + "%"));
            String to = List.of("SUCCEEDED", "DEAD", "RETRYING").get(random.nextInt(3));
            store.alongside(
                    handle ->
                            handle.createUpdate(
                                            """
                                            UPDATE job SET state = :to, changed_at = changed_at + 1,
                                                due_at = CASE WHEN :to = 'RETRYING' THEN 1 END,
                                                error = 'e', fingerprint = queue
                                            WHERE state = 'RUNNING' AND id LIKE :mine""")
                                    .bind("to", to)
                                    .bind("mine", prefix + "%")
                                    .execute());
            store.alongside(
                    handle ->
                            handle.execute(
                                    "UPDATE job SET state = 'READY', due_at = 1 WHERE state = 'DEAD'"
                                            + " AND id LIKE ?",
                                    prefix + "%-" + random.nextInt(5)));
        }
        return store.alongside(
                handle ->
                        handle.execute(
                                "DELETE FROM job WHERE state = 'SUCCEEDED' AND id LIKE ?",
                                prefix + "%-1"));
    }

    private static void insert(Handle handle, String id, String queue) {
        handle.createUpdate(
                        """
                        INSERT INTO job (id, unique_key, queue, type, subject, payload, state,
                            max_attempts, allowance, created_at, changed_at, run_at, due_at)
                        VALUES (:id, :id, :queue, 't', '', '{}', 'READY', 5, 5, 1, 1, 1, 1)""")
                .bind("id", id)
                .bind("queue", queue)
                .execute();
    }

    private static void assertCountsFit(StateStore store) {
        assertThat(
                        counts(
                                store,
                                "SELECT queue || ' ' || state AS name, sum(jobs) AS n FROM queue_count"
                                        + " GROUP BY queue, state HAVING sum(jobs) <> 0"))
                .isEqualTo(
                        counts(
                                store,
                                "SELECT queue || ' ' || state AS name, count(*) AS n FROM job"
                                        + " GROUP BY queue, state"));
        assertThat(counts(store, "SELECT fingerprint AS name, jobs AS n FROM failure_group"))
                .isEqualTo(
                        counts(
                                store,
                                "SELECT fingerprint AS name, count(*) AS n FROM job"
                                        + " WHERE state = 'DEAD' GROUP BY fingerprint"));
    }

    private static Map<String, Long> counts(StateStore store, String sql) {
        return store.read(
                handle ->
                        handle.createQuery(sql)
                                .map((row, _) -> Map.entry(row.getString("name"), row.getLong("n")))
                                .collectToMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    @Test
    void aTurnGoesOverWhenItsHolderEnds() {
        try (var first = states.open(folder);
                var second = states.open(folder)) {
            assertThat(first.turns().mine("task")).isTrue();
            assertThat(first.turns().mine("task")).isTrue();
            if (states == States.SQLITE) {
                return; // one server has the folder
            }
            assertThat(second.turns().mine("task")).isFalse();
            assertThat(second.turns().held("task")).isTrue();
            assertThat(second.turns().mine("another")).isTrue();
            first.close();
            assertThat(second.turns().held("task")).isFalse();
            assertThat(second.turns().mine("task")).isTrue();
        }
    }

    /// For else a write that wants its row would never get it from many steps in a row.
    @Test
    void aStepInTurnWaitsForWhoWritesAlone() throws Exception {
        try (var store = states.open(folder);
                var threads = Executors.newSingleThreadExecutor()) {
            Future<Integer> step =
                    store.alone(
                            handle -> {
                                Future<Integer> begun = threads.submit(() -> step(store));
                                assertThatThrownBy(() -> begun.get(300, TimeUnit.MILLISECONDS))
                                        .isInstanceOf(TimeoutException.class);
                                handle.execute("INSERT INTO worker VALUES ('alone', 1, 0)");
                                return begun;
                            });
            // it came after
            assertThat(step.get()).isEqualTo(1);
        }
    }

    private static int step(StateStore store) {
        return store.inTurn(
                handle -> handle.execute("UPDATE worker SET threads = 2 WHERE name = 'alone'"));
    }

    @SafeVarargs
    private static void together(Callable<Integer>... work) throws Exception {
        var gate = new CountDownLatch(1);
        try (var threads = Executors.newFixedThreadPool(work.length)) {
            List<Future<Integer>> all = new ArrayList<>();
            for (Callable<Integer> each : work) {
                all.add(
                        threads.submit(
                                () -> {
                                    gate.await();
                                    return each.call();
                                }));
            }
            gate.countDown();
            for (Future<Integer> each : all) {
                each.get();
            }
        }
    }

    private static long number(StateStore store, String sql) {
        return store.read(handle -> one(handle, sql));
    }

    private static long one(Handle handle, String sql) {
        return handle.createQuery(sql).mapTo(Long.class).one();
    }
}
