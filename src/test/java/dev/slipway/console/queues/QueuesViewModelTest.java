package dev.slipway.console.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.queues.BrokerStatus;
import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.QueueStatus;
import dev.slipway.client.offline.LoadState;
import dev.slipway.testing.MuchData;
import dev.slipway.testing.Screens;

import org.jspecify.annotations.Nullable;
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
                .containsExactly(
                        "388 wait, no worker; oldest waits 12 min",
                        "oldest waits 31 min; 412 dead; 31 failed, retrying",
                        "7 failed, retrying",
                        "");
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
                .endsWith(": looks wrong; 31 failed, retrying");
        assertThat(model.queues().get(1).verdict()).startsWith("paused by oncall.ines until ");
        // its time has come: it is paused no longer, whatever was last heard
        assertThat(model.queues().get(2).trouble()).isEqualTo(Trouble.RETRYING);
    }

    @Test
    void whatNoOneMeantComesBeforeAPauseAndAPauseBeforeWhatMendsItself() {
        model.showQueues(
                ready(
                        List.of(
                                queue("a-paused", 90, 7_200, 0, 2, null),
                                queue("b-paused-and-dead", 90, 7_200, 3, 2, null),
                                queue("c-dead", 0, 0, 2, 2, null),
                                queue("d-late", 4, 3_600, 0, 2, null),
                                queue("e-no-worker", 4, 3_600, 0, 0, null),
                                new QueueStatus("f-retries", 0, 0, 9, 0, null, 0, 0, 0, 1, null))));
        Instant later = Screens.NOW.plusSeconds(600);
        model.showHolds(ready(List.of(hold("a-paused", later), hold("b-paused-and-dead", later))));

        assertThat(model.queues())
                .extracting(row -> row.status().name() + " " + row.trouble())
                .containsExactly(
                        "e-no-worker NO_WORKER",
                        "d-late LATE",
                        "b-paused-and-dead DEAD",
                        "c-dead DEAD",
                        "a-paused PAUSED",
                        "f-retries RETRYING");
    }

    private static Hold hold(String queue, Instant until) {
        return new Hold(HoldKind.QUEUE, queue, "looks wrong", "ana", Screens.NOW, until);
    }

    @Test
    void whatKeepsJobsFromRunningNowComesBeforeWhatDiedOnce() {
        model.showQueues(
                ready(
                        List.of(
                                queue("dead-once", 0, 0, 900, 2, null),
                                queue("late", 4, 3_600, 1, 2, null),
                                queue("alone", 4, 3_600, 1, 0, "mail.send"),
                                queue("wrong-worker", 4, 20, 1, 2, "mail.send"),
                                queue("on-demand", 4, 10, 0, 0, null))));

        assertThat(model.queues())
                .extracting(row -> row.status().name() + ": " + row.verdict())
                .containsExactly(
                        "alone: 4 wait, no worker; oldest waits 60 min; 1 dead",
                        "wrong-worker: 4 wait, no worker for mail.send; 1 dead",
                        "late: oldest waits 60 min; 1 dead",
                        "dead-once: 900 dead",
                        "on-demand: ");
        assertThat(model.queues())
                .extracting(QueueRow::trouble)
                .containsExactly(
                        Trouble.NO_WORKER,
                        Trouble.NO_WORKER,
                        Trouble.LATE,
                        Trouble.DEAD,
                        Trouble.NONE);
    }

    private static QueueStatus queue(
            String name, int ready, int waits, int dead, int workers, @Nullable String unserved) {
        return new QueueStatus(
                name,
                ready,
                0,
                0,
                dead,
                ready == 0 ? null : Screens.NOW.minusSeconds(waits),
                0,
                0,
                0,
                workers,
                unserved);
    }

    @Test
    void theOldestAgeIsMeasuredOrUnknownAndNeverZero() {
        model.showQueues(
                ready(
                        List.of(
                                new QueueStatus(
                                        "a",
                                        3,
                                        0,
                                        0,
                                        0,
                                        Screens.NOW.minusSeconds(95),
                                        0,
                                        0,
                                        0,
                                        1,
                                        null),
                                new QueueStatus("b", 3, 0, 0, 0, null, 0, 0, 0, 1, null),
                                new QueueStatus("c", 0, 0, 0, 0, null, 0, 0, 0, 1, null))));

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

    @Test
    void aBrokerThatIsAwayIsToldUntilItIsBack() {
        var work = new MuchData(Screens.NOW).work();
        BrokerNotice notice = model.broker();
        assertThat(notice.title().get()).isEmpty();
        model.showQueues(ready(work.queues()));
        notice.show(ready(List.of(work.brokerAway())));
        assertThat(notice.title().get())
                .startsWith("RabbitMQ has been away since ")
                .endsWith(" (14 min): 1,604 jobs wait and are kept");
        assertThat(notice.text().get())
                .contains("No job is lost")
                .contains("Jobs of migration.sync, picture.run start all the same.")
                .contains("Why: ConnectException: Connection refused (found by web-2-4711)")
                .contains("start RabbitMQ at amqp://rabbit.shop.internal:5672/jobs again");

        notice.show(
                new LoadState.Stale<>(List.of(work.brokerAway()), Screens.NOW.minusSeconds(42)));
        assertThat(notice.title().get())
                .startsWith("RabbitMQ was away since ")
                .contains("when last heard of, at ");

        notice.show(
                ready(
                        List.of(
                                new BrokerStatus(
                                        BrokerStatus.State.AWAY,
                                        "amqp://b",
                                        Screens.NOW,
                                        "no route",
                                        0,
                                        null,
                                        "web-2",
                                        "web-1",
                                        List.of(),
                                        null,
                                        false))));
        assertThat(notice.title().get()).startsWith("web-2 has not reached RabbitMQ since ");
        assertThat(notice.text().get()).startsWith("web-1 reaches it");

        notice.show(ready(List.of(broker(BrokerStatus.State.UP, null))));
        assertThat(notice.title().get()).isEmpty();
        assertThat(notice.text().get()).isEmpty();
        notice.show(ready(List.of(broker(BrokerStatus.State.AWAY, null))));
        model.showQueues(ready(List.of()));
        assertThat(notice.title().get()).endsWith(": no job waits");
        assertThat(notice.text().get()).contains("not known yet").doesNotContain("all the same");
        notice.show(ready(List.of(without(false))));
        assertThat(notice.title().get())
                .isEqualTo("web-9 is configured without RabbitMQ, which others use");
        assertThat(notice.text().get()).startsWith("Nothing is lost and jobs go on");
        notice.show(ready(List.of(without(true))));
        assertThat(notice.title().get())
                .isEqualTo("Worker web-9 runs without RabbitMQ, which others use");
        assertThat(notice.text().get())
                .startsWith(
                        "Nothing is lost and no job runs twice: it looks for jobs in the database")
                .contains("RabbitMQ's order")
                .contains("Set broker in its section queues and start it again");
        assertThat(notice.meaning().get()).isEqualTo(notice.text().get());
        // the embedded default: the backend has taken it away
        notice.show(ready(List.of()));
        assertThat(notice.title().get()).isEmpty();
    }

    private static BrokerStatus without(boolean works) {
        return new BrokerStatus(
                BrokerStatus.State.UP,
                "amqp://b",
                Screens.NOW,
                null,
                0,
                null,
                "web-1",
                null,
                List.of(),
                "web-9",
                works);
    }

    private static BrokerStatus broker(BrokerStatus.State state, @Nullable String reason) {
        return new BrokerStatus(
                state,
                "amqp://b",
                Screens.NOW,
                reason,
                0,
                null,
                "web-1",
                null,
                List.of(),
                null,
                false);
    }

    private static <T> LoadState<T> ready(T data) {
        return new LoadState.Ready<>(data, Screens.NOW);
    }
}
