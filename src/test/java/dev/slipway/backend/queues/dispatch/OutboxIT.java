package dev.slipway.backend.queues.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.backend.store.StateStore;
import dev.slipway.testing.States;
import dev.slipway.testing.TestClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// What a relay takes first, and how the broker is said to stand, over both engines.
@ParameterizedClass
@EnumSource(States.class)
class OutboxIT {
    private static final Instant NOW = Instant.parse("2026-11-26T18:00:00Z");

    private final States states;
    private StateStore store;

    OutboxIT(States states) {
        this.states = states;
    }

    @BeforeEach
    void open(@TempDir Path folder) {
        store = states.open(folder);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void theHigherPriorityIsFirstHoweverMuchWaitsAndTheOthersKeepAShare() {
        wake("low", 3, 400, 1);
        wake("normal", 2, 400, 2);
        wake("high", 1, 10, 3);
        List<String> first = take(160);
        assertThat(first.subList(0, 10)).allMatch(job -> job.startsWith("high"));
        assertThat(first).filteredOn(job -> job.startsWith("low")).hasSize(10);
        assertThat(first).filteredOn(job -> job.startsWith("normal")).hasSize(140);

        wake("high2", 1, 400, 4);
        List<String> second = take(160);
        assertThat(second).filteredOn(job -> job.startsWith("high")).hasSize(110);
        assertThat(second).filteredOn(job -> job.startsWith("normal")).hasSize(40);
        assertThat(second).filteredOn(job -> job.startsWith("low")).hasSize(10);
        assertThat(second).doesNotContainAnyElementsOf(first);
    }

    @Test
    void aBatchIsFullWhateverThePriorityOfWhatWaits() {
        for (int priority = 1; priority <= 3; priority++) {
            wake("p" + priority, priority, 50, 1);
            assertThat(take(50)).hasSize(50).doesNotHaveDuplicates();
        }
        wake("later", 1, 1, NOW.plusSeconds(1).toEpochMilli());
        assertThat(take(50)).isEmpty();
    }

    @Test
    void whatADeadProcessSaidOfTheBrokerIsPutRightByOneThatReachesIt() {
        var clock = new TestClock(NOW);
        store.writing(handle -> Health.use(handle, true, "amqp://broker", NOW));
        var living = new Health(store, clock, "living");
        living.up();
        new Health(store, clock, "dead").away(new java.io.IOException("cut"));
        assertThat(state()).isEqualTo(BrokerStatus.State.AWAY);
        clock.forward(Duration.ofSeconds(10));
        living.up();
        assertThat(state()).isEqualTo(BrokerStatus.State.UP);
    }

    private BrokerStatus.State state() {
        return store.read(handle -> Health.read(handle, NOW)).state();
    }

    private List<String> take(int most) {
        var jobs = new ArrayList<String>();
        store.alongside(handle -> Outbox.take(handle, NOW, most))
                .forEach(wakeUp -> jobs.add(wakeUp.job()));
        return jobs;
    }

    private void wake(String name, int priority, int number, long notBefore) {
        store.writing(
                handle -> {
                    var batch =
                            handle.prepareBatch(
                                    "INSERT INTO wake_up (job, priority, not_before)"
                                            + " VALUES (:job, :priority, :at)");
                    for (int i = 0; i < number; i++) {
                        batch.bind("job", name + i)
                                .bind("priority", priority)
                                .bind("at", notBefore)
                                .add();
                    }
                    batch.execute();
                });
    }
}
