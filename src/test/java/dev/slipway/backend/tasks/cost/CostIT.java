package dev.slipway.backend.tasks.cost;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.tasks.TypeCost;
import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.queues.JobQueue.NewJob;
import dev.slipway.backend.queues.SqlJobQueue;
import dev.slipway.backend.store.EventLog;
import dev.slipway.testing.States;
import dev.slipway.testing.TestClock;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// What jobs cost, over both engines, against sums done by hand.
class CostIT {
    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-26");

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(States.class)
    void isCountedOnTheDayThatAnAttemptEndedAndAJobWhereItEnded(States states) {
        var clock = new TestClock(NOON);
        var json = WireJson.mapper();
        var queue = new SqlJobQueue(json, new EventLog(json, clock), clock, new Random(1));
        try (var store = states.open(folder)) {
            store.writing(
                    handle -> {
                        for (String key : new String[] {"a", "b", "c", "d"}) {
                            String type = key.equals("d") ? "pdf" : "mail";
                            queue.publish(handle, new NewJob("work", type, key, key, Map.of(), 9));
                        }
                        String attempt =
                                "INSERT INTO job_attempt (job, number, attempt, worker, started_at,"
                                        + " ended_at, ending, cpu_millis) SELECT seq, ?, ?, 'w', ?,"
                                        + " ?, ?, cast(? AS BIGINT) FROM job WHERE subject = ?";
                        Object[][] attempts = {
                            // began before midnight in UTC, ended after it
                            {1, at(-1, 23, 59), at(0, 0, 1), "FAILED", 100L, "a"},
                            {2, at(0, 3, 0), at(0, 3, 1), "SUCCEEDED", 40L, "a"},
                            // failed for good yesterday, and its worker died today before
                            {1, at(-2, 10, 0), at(-2, 10, 1), "LOST", null, "b"},
                            {2, at(-1, 10, 0), at(-1, 10, 1), "FAILED", 7L, "b"},
                            // runs: nothing of it has ended
                            {1, at(0, 11, 0), null, null, null, "c"},
                            {1, at(0, 9, 0), at(0, 9, 2), "SUCCEEDED", 5L, "d"},
                        };
                        for (Object[] one : attempts) {
                            handle.execute(
                                    attempt, one[0], one[0], one[1], one[2], one[3], one[4],
                                    one[5]);
                        }
                        ended(handle, "a", "SUCCEEDED", at(0, 3, 1));
                        ended(handle, "b", "DEAD", at(-1, 10, 1));
                        ended(handle, "d", "SUCCEEDED", at(0, 9, 2));
                    });
            Instant since = Instant.parse("2026-11-25T00:00:00Z");
            List<TypeCost> two = store.read(handle -> CostRoutes.costs(handle, since));
            assertThat(two)
                    .containsExactly(
                            new TypeCost("mail", TODAY, 1, 2, 140, 0, 180_000),
                            new TypeCost("pdf", TODAY, 1, 1, 5, 0, 120_000),
                            new TypeCost("mail", TODAY.minusDays(1), 1, 1, 7, 0, 60_000));
            List<TypeCost> all = store.read(handle -> CostRoutes.costs(handle, Instant.EPOCH));
            assertThat(all)
                    .contains(new TypeCost("mail", TODAY.minusDays(2), 0, 1, 0, 1, 60_000))
                    .hasSize(4);
        }
    }

    private static long at(int day, int hour, int minute) {
        return Instant.parse("2026-11-26T00:00:00Z").toEpochMilli()
                + ((day * 24L + hour) * 60 + minute) * 60_000;
    }

    private static void ended(
            org.jdbi.v3.core.Handle handle, String subject, String state, long at) {
        handle.execute(
                "UPDATE job SET state = ?, ended_at = ?, due_at = NULL, error = 'it broke',"
                        + " fingerprint = 'f1' WHERE subject = ?",
                state,
                at,
                subject);
    }
}
