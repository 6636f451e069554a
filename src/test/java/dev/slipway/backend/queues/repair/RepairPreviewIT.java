package dev.slipway.backend.queues.repair;

import static dev.slipway.backend.queues.repair.RepairFixture.CARD;
import static dev.slipway.backend.queues.repair.RepairFixture.START;
import static dev.slipway.backend.queues.repair.RepairFixture.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.queues.HoldKind;
import dev.slipway.api.queues.Job;
import dev.slipway.api.queues.JobFilter;
import dev.slipway.api.queues.NewRepair;
import dev.slipway.api.queues.Pause;
import dev.slipway.api.queues.Repair;
import dev.slipway.api.queues.RepairAct;
import dev.slipway.api.queues.RepairState;
import dev.slipway.api.queues.Untouched;
import dev.slipway.backend.http.Refused;
import dev.slipway.testing.FailedJobs.Lot;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.time.Duration;

/// What a repair is told to do is counted and said before anything is done.
@ParameterizedClass
@EnumSource(States.class)
class RepairPreviewIT {
    @AutoClose private final RepairFixture fixture;

    RepairPreviewIT(States states, @TempDir Path folder) {
        fixture = new RepairFixture(states, folder);
    }

    @Test
    void countsExactlyWhatMatchesAndShowsTheLastFive() {
        fixture.failed("order", 30_000, "card");
        fixture.failed("refund", 500, "bank");
        fixture.failed(new Lot("pdf", 400, "pdf", "pdf.render", "font", START.minusSeconds(7_200)));

        Repair all = fixture.preview(RepairAct.RETRY, JobFilter.ALL);
        assertThat(all.state()).isEqualTo(RepairState.COUNTED);
        assertThat(all.preview().total()).isEqualTo(fixture.count("state = 'DEAD'"));
        assertThat(all.preview().searched()).isEqualTo(30_900);
        assertThat(all.preview().samples())
                .extracting(Job::subject)
                .containsExactly(
                        "order 30000", "order 29999", "order 29998", "order 29997", "order 29996");

        assertThat(total(filter(null, null, "bank", null))).isEqualTo(500);
        assertThat(total(filter("mail", "mail.send", "card", "ORDER 777")))
                .isEqualTo(fixture.count("subject LIKE 'order 777%'"))
                .isEqualTo(11);
        var hour = START.minusSeconds(3_600);
        assertThat(
                        total(
                                new JobFilter(
                                        null,
                                        null,
                                        null,
                                        null,
                                        hour.plusMillis(100),
                                        hour.plusMillis(200))))
                // numbers 100 to 199 of both lots
                .isEqualTo(200);
        assertThat(fixture.count("state <> 'DEAD'")).isZero();
    }

    private long total(JobFilter filter) {
        return fixture.preview(RepairAct.RETRY, filter).preview().total();
    }

    @Test
    void saysWhatItLeavesAloneAndWhy() {
        fixture.failed("order", 40, "card");
        fixture.store.writing(
                handle ->
                        handle.execute(
                                "UPDATE job SET state = 'DISCARDED' WHERE subject LIKE 'order 1%'"));

        Repair repair = fixture.preview(RepairAct.RETRY, CARD);

        // 1 and 10 to 19
        assertThat(repair.preview().total()).isEqualTo(29);
        assertThat(repair.preview().untouched())
                .containsExactly(new Untouched(Untouched.Cause.DISCARDED, 11, false));
    }

    @Test
    void aPausedQueueIsSaidBeforeAndWhileItWaits() {
        fixture.failed("order", 100, "card");
        fixture.store.writing(
                handle ->
                        fixture.holds.pause(
                                handle,
                                HoldKind.QUEUE,
                                "mail",
                                new Pause("mail server down", null),
                                "ada"));

        Repair repair = fixture.preview(RepairAct.RETRY, CARD);
        assertThat(repair.note()).contains("queue mail was paused by ada (mail server down)");
        fixture.start(repair, 10);
        for (int i = 0; i < 20; i++) {
            fixture.clock.forward(Duration.ofSeconds(1));
            fixture.runner.tick();
        }
        assertThat(fixture.now(repair).state()).isEqualTo(RepairState.PROBING);
        assertThat(fixture.now(repair).note()).contains("queue mail was paused");
        assertThat(fixture.preview(RepairAct.DISCARD, CARD).note()).isEmpty();
    }

    @Test
    void whatCannotBeAskedForIsRefusedAndNothingIsChanged() {
        fixture.failed("order", 10, "card");
        refused(new NewRepair(RepairAct.MOVE, CARD, null), "Name the queue");
        refused(new NewRepair(RepairAct.MOVE, CARD, "mail"), "in that queue already");
        refused(new NewRepair(RepairAct.RETRY, CARD, "hospital"), "Only a move");
        refused(
                new NewRepair(RepairAct.RETRY, filter(null, null, null, "x".repeat(201)), null),
                "At most 200");

        Repair none = fixture.preview(RepairAct.RETRY, filter(null, null, "nothing", null));
        assertThatThrownBy(() -> fixture.start(none, 10))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("No failed job matches");
        Repair some = fixture.preview(RepairAct.RETRY, CARD);
        assertThatThrownBy(() -> fixture.start(some, 0)).isInstanceOf(Refused.class);
        assertThatThrownBy(() -> fixture.start(some, 10_001)).isInstanceOf(Refused.class);
        fixture.start(some, 10);
        assertThatThrownBy(() -> fixture.start(some, 10))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("probing");
        assertThat(fixture.count("state = 'DEAD'")).isEqualTo(10);
    }

    private void refused(NewRepair asked, String why) {
        assertThatThrownBy(() -> fixture.preview(asked))
                .isInstanceOf(Refused.class)
                .hasMessageContaining(why);
    }

    @Test
    void aPreviewThatNobodyStartsIsForgotten() {
        fixture.failed("order", 10, "card");
        Repair repair = fixture.preview(RepairAct.RETRY, CARD);
        fixture.clock.forward(Duration.ofMinutes(61));
        fixture.runner.tick();

        assertThat(fixture.now(repair).state()).isEqualTo(RepairState.EXPIRED);
        assertThat(fixture.store.read(fixture.repairs::open)).isEmpty();
    }
}
