package dev.slipway.console.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.client.offline.LoadState;
import dev.slipway.testing.MuchData;
import dev.slipway.testing.Screens;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

class QueuesViewModelTest {
    private final QueuesViewModel model =
            new QueuesViewModel(InstantSource.fixed(Screens.NOW), new Screens().words);

    @Test
    void whatIsWrongComesFirst() {
        model.showQueues(ready(new MuchData(Screens.NOW).work().queues()));

        assertThat(model.queues())
                .extracting(row -> row.status().name())
                .containsExactly("mail", "invoice", "thumbnails", "migration");
        assertThat(model.queues())
                .extracting(QueueRow::verdict)
                .containsExactly("388 wait, no worker", "412 dead", "7 failed, retrying", "");
    }

    @Test
    void aPausedQueueSaysWhoUntilWhenAndWhyAndHidesNoDeadJobs() {
        var work = new MuchData(Screens.NOW).work();
        model.showQueues(ready(work.queues()));
        model.showHolds(
                ready(
                        List.of(
                                work.holds().getFirst(),
                                hold("invoice", Screens.NOW.plusSeconds(60)),
                                hold("thumbnails", Screens.NOW))));

        assertThat(model.queues())
                .extracting(row -> row.status().name())
                .containsExactly("invoice", "mail", "thumbnails", "migration");
        assertThat(model.queues().getFirst().verdict())
                .startsWith("412 dead; paused by ana until ")
                .endsWith(": looks wrong");
        assertThat(model.queues().get(1).verdict()).startsWith("paused by oncall.ines until ");
        // its time has come: it is paused no longer, whatever was last heard
        assertThat(model.queues().get(2).trouble()).isEqualTo(Trouble.RETRYING);
    }

    private static Hold hold(String queue, Instant until) {
        return new Hold(HoldKind.QUEUE, queue, "looks wrong", "ana", Screens.NOW, until);
    }

    @Test
    void theOldestAgeIsMeasuredOrUnknownAndNeverZero() {
        model.showQueues(
                ready(
                        List.of(
                                new QueueStatus(
                                        "a", 3, 0, 0, 0, Screens.NOW.minusSeconds(95), 0, 0, 0, 1),
                                new QueueStatus("b", 3, 0, 0, 0, null, 0, 0, 0, 1),
                                new QueueStatus("c", 0, 0, 0, 0, null, 0, 0, 0, 1))));

        assertThat(model.queues())
                .extracting(QueueRow::oldest)
                .containsExactly("95 s", "unknown", "–");
    }

    @Test
    void theLatestFaultComesFirst() {
        model.showFailures(ready(new MuchData(Screens.NOW).work().failures()));
        assertThat(model.failures())
                .extracting(row -> row.group().count())
                .containsExactly(388L, 24L);
    }

    private static <T> LoadState<T> ready(T data) {
        return new LoadState.Ready<>(data, Screens.NOW);
    }
}
