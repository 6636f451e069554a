package dev.slipway.backend.queues.repair;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.queues.RepairAct;
import dev.slipway.api.queues.RepairState;
import dev.slipway.testing.States;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Backends that work at a repair are killed in the middle of it, and others go on.
class KilledRepairIT {
    private static final int JOBS = 4_000;

    @Test
    void whatDiesInTheMiddleIsTakenUpAndNoJobIsTakenTwice(@TempDir Path folder) throws Exception {
        Path state = folder.resolve("state");
        List<Process> processes = new ArrayList<>();
        try (var fixture = new RepairFixture(States.SQLITE, state)) {
            fixture.failed("order", JOBS, "card");
            // as the processes see the time
            fixture.clock.forward(Duration.between(RepairFixture.START, java.time.Instant.now()));
            var preview = fixture.preview(RepairAct.RETRY, RepairFixture.CARD);
            var repair = fixture.start(preview, 2_000);
            long seen = 0;
            for (int life = 0; life < 3; life++) {
                long before = seen;
                Process one = RepairProcess.start(state, "life" + life);
                processes.add(one);
                eventually(
                        "some more were taken",
                        () -> fixture.now(repair).progress().moved() > before + 200);
                one.destroyForcibly().waitFor();
                seen = fixture.now(repair).progress().moved();
                assertThat(fixture.count("repair IS NOT NULL")).isEqualTo(seen);
                assertThat(seen).isLessThan(JOBS);
            }
            processes.add(RepairProcess.start(state, "last-a"));
            processes.add(RepairProcess.start(state, "last-b"));
            eventually("all was taken", () -> fixture.now(repair).progress().moved() == JOBS);
            eventually("all was done", () -> fixture.now(repair).state() == RepairState.DONE);

            assertThat(fixture.count("state = 'SUCCEEDED'")).isEqualTo(JOBS);
            assertThat(fixture.count("1 = 1")).isEqualTo(JOBS);
            assertThat(fixture.takenTwice()).isZero();
        } finally {
            for (Process process : processes) {
                process.destroyForcibly().waitFor();
            }
        }
    }
}
