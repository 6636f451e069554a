package dev.slipway.console.queues;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.api.queues.Hold;
import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobState;
import dev.slipway.api.queues.Priority;
import dev.slipway.api.queues.Stop;
import dev.slipway.api.queues.TypeStatus;
import dev.slipway.client.offline.Listing;
import dev.slipway.client.offline.LoadState;
import dev.slipway.testing.MuchWork;
import dev.slipway.testing.Screens;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

class JobLifeViewModelTest {
    private static final Instant NOW = Screens.NOW;

    private final Screens screens = new Screens();
    private final List<String> cancelled = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<String> told = new ArrayList<>();
    private volatile boolean refuse;
    private Instant now = NOW;
    private final JobLifeViewModel model =
            new JobLifeViewModel(
                    (id, reason) -> {
                        if (refuse) {
                            throw Screens.refused(409, "It has ended.");
                        }
                        cancelled.add(id + " " + reason);
                        return job(JobState.RUNNING, NOW, new Stop("ada", reason, NOW));
                    },
                    (id, cursor) -> {
                        asked.add(id);
                        return new Listing<>(List.of(), null, null);
                    },
                    screens.commander,
                    screens.loader,
                    told::add,
                    screens.access,
                    () -> now,
                    screens.words);

    @Test
    void saysWhyAJobWaitsAndWhenThatChanges() {
        model.show(job(JobState.READY, NOW, null));
        assertThat(model.waiting().get()).isEqualTo("Waits for a worker");

        Instant until = NOW.plusSeconds(60);
        model.showHolds(ready(new Hold(HoldKind.QUEUE, "mail", "server down", "ana", NOW, until)));
        assertThat(model.waiting().get())
                .startsWith("Does not start: queue paused by ana until ")
                .endsWith(": server down");
        model.showTypes(
                new LoadState.Ready<>(
                        List.of(new TypeStatus("send", List.of("mail"), 2, 2, NOW)), NOW));
        // the pause's time comes, even if nobody says so
        now = until;
        model.tick();
        assertThat(model.waiting().get()).isEqualTo("Waits: limit, 2 of 2 of its type run");
        model.show(job(JobState.RUNNING, NOW, null));
        assertThat(model.waiting().get()).isEmpty();
    }

    @Test
    void namesTheBrokerThatIsAwayAndNotForWhatItDoesNotCarry() {
        var away = new MuchWork(NOW).brokerAway();
        model.show(job(JobState.READY, NOW, null));
        model.showBroker(new LoadState.Ready<>(List.of(away), NOW));
        assertThat(model.waiting().get())
                .startsWith("Waits: RabbitMQ, which brings jobs to workers, has been away since ");
        model.showBroker(new LoadState.Ready<>(List.of(), NOW));
        assertThat(model.waiting().get()).isEqualTo("Waits for a worker");
    }

    @Test
    void saysWhoGaveAJobUp() {
        Stop stop = new Stop("olga", "", NOW);
        model.show(job(JobState.RUNNING, NOW, stop));
        assertThat(model.waiting().get())
                .startsWith("Told to stop by olga at ")
                .contains("no reason given");
        assertThat(model.cancelGate().reason().get()).isNotEmpty();
        model.show(job(JobState.DISCARDED, NOW, stop));
        assertThat(model.waiting().get()).startsWith("Given up by olga at ");
    }

    @Test
    void cancelsWithAReasonAfterItWasConfirmed() throws Exception {
        screens.online(Role.OPERATOR, true);
        model.show(job(JobState.RUNNING, NOW, null));
        var confirmation = model.beforeCancel().orElseThrow();
        assertThat(confirmation.complete("shop-live", " ")).isFalse();
        assertThat(confirmation.complete("shop-live", "wrong day")).isTrue();

        screens.answered();
        model.cancel("wrong day");
        screens.answered();

        assertThat(cancelled).containsExactly("j1 wrong day");
        assertThat(told).containsExactly("“about it” was told to stop");
    }

    @Test
    void aRefusalIsShownAndItCanBeTriedAgain() throws Exception {
        screens.online(Role.ONCALL);
        refuse = true;
        model.show(job(JobState.READY, NOW, null));
        screens.answered();
        model.cancel("why");
        screens.answered();

        assertThat(screens.problems).extracting("detail").containsExactly("It has ended.");
        assertThat(model.cancelGate().open()).isTrue();
    }

    @Test
    void whatHasEndedCantBeCancelledNorCanAnythingOffline() {
        screens.online(Role.ADMIN);
        model.show(job(JobState.DEAD, NOW, null));
        assertThat(model.cancelGate().reason().get()).contains("ended already");
        screens.offline();
        model.show(job(JobState.READY, NOW, null));
        assertThat(model.cancelGate().reason().get()).contains("can't be reached");
        assertThat(model.beforeCancel()).isEmpty();
        model.cancel("why");
        assertThat(cancelled).isEmpty();
    }

    @Test
    void fetchesTheAttemptsOfWhatIsLookedAtAgainWhenItMoved() throws Exception {
        screens.online(Role.VIEWER);
        model.show(job(JobState.READY, NOW, null));
        screens.answered();
        model.show(job(JobState.READY, NOW, null));
        screens.answered();
        model.show(job(JobState.RUNNING, NOW, null));
        screens.answered();

        assertThat(asked).containsExactly("j1", "j1");
    }

    private static LoadState<List<Hold>> ready(Hold hold) {
        return new LoadState.Ready<>(List.of(hold), NOW);
    }

    private static Job job(JobState state, Instant runAt, @Nullable Stop stop) {
        return new Job(
                "j1",
                "mail",
                "send",
                "about it",
                state,
                1,
                5,
                NOW,
                runAt,
                null,
                null,
                null,
                0,
                0,
                null,
                null,
                Priority.NORMAL,
                stop);
    }
}
