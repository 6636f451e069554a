package dev.slipway.backend.tasks.export;

import static dev.slipway.backend.tasks.export.ShopExports.ROWS;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.api.tasks.ExportFormat;
import dev.slipway.api.tasks.ExportState;
import dev.slipway.backend.queues.JobFailure;
import dev.slipway.backend.tasks.export.file.DraftFile;
import dev.slipway.testing.SmallDisk;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Whatever happens on the way to an export, nothing half of it is left, and it is told.
@ParameterizedClass
@EnumSource(States.class)
class ExportTroubleIT {
    private final States states;
    @AutoClose private final ShopExports there;

    ExportTroubleIT(States states, @TempDir Path home) throws SQLException {
        this.states = states;
        there = new ShopExports(states, home);
    }

    @Test
    void theSecondWorkerOfADeadOneBeginsAgainAndLeavesNothingOfIt() throws Exception {
        String id = there.exports.start(ExportFormat.CSV, ExportFilter.ALL);
        var dead =
                there.exports.store.write(
                        h -> there.exports.turns.begin(h, id, there.clock.instant()));
        Files.createDirectories(there.exports.files.folder());
        Files.writeString(
                there.exports.files.path(there.exports.files.name(dead.orElseThrow()) + ".part"),
                "half");
        OrderShop.add(there.shop, ROWS + 1, 10);

        there.exports.run(id);
        assertThat(there.exports.files.all()).containsExactly(there.exports.file(id));
        assertThat(Reading.csv(there.exports.file(id)))
                .isEqualTo(OrderShop.rows(there.shop, "1 = 1"));
        // the one that was left behind wakes up: nothing that it says counts any more
        boolean counted =
                there.exports.store.write(
                        h ->
                                there.exports.turns.progress(
                                        h,
                                        dead.orElseThrow(),
                                        new HowFar(1, 1, null, there.clock.instant(), null)));
        assertThat(counted).isFalse();
        assertThat(there.exports.export(id).rows()).isEqualTo(ROWS + 10);
    }

    @Test
    void whatAWorkerSaysThatWasLeftBehindDoesNotCount() {
        String id = there.exports.start(ExportFormat.CSV, ExportFilter.ALL);
        Instant now = there.clock.instant();
        var first =
                there.exports.store.write(h -> there.exports.turns.begin(h, id, now)).orElseThrow();
        var second =
                there.exports.store.write(h -> there.exports.turns.begin(h, id, now)).orElseThrow();
        var kept = new DraftFile.Kept(1, "00");
        var far = new HowFar(1, 1, null, now, null);

        assertThat(there.exports.wrote(h -> there.exports.turns.progress(h, first, far))).isFalse();
        assertThat(
                        there.exports.wrote(
                                h -> there.exports.turns.ready(h, first, "f", kept, 1, now, now)))
                .isFalse();
        there.exports.store.writing(h -> there.exports.turns.failed(h, first, "too late", now));
        there.exports.store.writing(h -> there.exports.turns.again(h, first, "too late"));
        assertThat(there.exports.export(id).state()).isEqualTo(ExportState.RUNNING);
        assertThat(there.exports.export(id).reason()).isNull();
        assertThat(there.exports.wrote(h -> there.exports.turns.progress(h, second, far))).isTrue();
    }

    @Test
    void aWorkerThatWasLeftBehindDoesNotDeleteItsSuccessorsFile() throws Exception {
        String id = there.exports.start(ExportFormat.CSV, ExportFilter.ALL);
        var behind =
                there.exports.store.write(
                        h -> there.exports.turns.begin(h, id, there.clock.instant()));
        there.exports.run(id);
        Path whole = there.exports.file(id);
        // it was held up between taking its turn and beginning its file
        there.exports.files.draft(behind.orElseThrow()).close();
        assertThat(there.exports.files.all()).containsExactly(whole);
    }

    @Test
    void cancelledInTheMiddleItLeavesNothing() throws Exception {
        String id = there.exports.start(ExportFormat.PARQUET, ExportFilter.ALL);
        var rows = new AtomicInteger();
        there.exports.run(
                id,
                1,
                () -> {
                    // asked once a second of the clock's time
                    if (rows.incrementAndGet() == 1) {
                        there.exports.store.write(
                                there.exports.service.cancel(id, "not wanted", "x")::in);
                        there.clock.forward(Duration.ofSeconds(2));
                    }
                    return false;
                });

        assertThat(there.exports.export(id).state()).isEqualTo(ExportState.CANCELLED);
        assertThat(there.exports.export(id).reason()).isEqualTo("Cancelled by x: not wanted");
        assertThat(there.exports.files.all()).isEmpty();
        assertThat(there.exports.log)
                .contains("Stopped: it is no longer wanted, and nothing of it is kept.");
        // a second press changes nothing, and its job finds nothing to do
        there.exports.store.write(there.exports.service.cancel(id, "", "y")::in);
        there.exports.run(id);
        assertThat(there.exports.export(id).reason()).isEqualTo("Cancelled by x: not wanted");
    }

    @Test
    void aDrainingWorkerGivesItBackAndKeepsNothing() throws Exception {
        String id = there.exports.start(ExportFormat.CSV, ExportFilter.ALL);
        var asked = new AtomicBoolean();
        there.exports.run(
                id,
                1,
                () -> {
                    asked.set(true);
                    return true;
                });
        assertThat(asked).isTrue();
        assertThat(there.exports.export(id).state()).isEqualTo(ExportState.QUEUED);
        assertThat(there.exports.files.all()).isEmpty();
        there.exports.run(id);
        assertThat(there.exports.export(id).state()).isEqualTo(ExportState.READY);
    }

    @Test
    void aFullDiskIsToldAndNothingHalfIsLeft() throws Exception {
        try (var disk = SmallDisk.mount(there.home.resolve("small"), 1)) {
            try (var small =
                    new ExportFixture(
                            states.open(there.home.resolve("state2")),
                            disk.folder().resolve("exports"),
                            ExportFixture.sqlite(there.home.resolve("shop.sqlite")),
                            there.clock)) {
                disk.fill(60_000);
                String id = small.start(ExportFormat.JSON_LINES, ExportFilter.ALL);
                assertThatThrownBy(() -> small.run(id))
                        .isInstanceOf(JobFailure.class)
                        .hasMessageContaining("is full")
                        .hasMessageContaining("Nothing of the file is kept");
                assertThat(small.export(id).state()).isEqualTo(ExportState.FAILED);
                assertThat(small.export(id).reason()).contains("is full");
                assertThat(small.files.all()).isEmpty();

                disk.makeRoom();
                small.run(id);
                assertThat(small.export(id).state()).isEqualTo(ExportState.READY);
            }
        }
    }

    @Test
    void aDatabaseThatIsAwayIsTriedAgainAndThenGivenUp() throws Exception {
        try (var away =
                new ExportFixture(
                        states.open(there.home.resolve("state3")),
                        there.home.resolve("away"),
                        ExportFixture.sqlite(there.home.resolve("no/such/shop.sqlite")),
                        there.clock)) {
            String id = away.start(ExportFormat.CSV, ExportFilter.ALL);
            assertThatThrownBy(() -> away.run(id)).isInstanceOf(JobFailure.class);
            assertThat(away.export(id).state()).isEqualTo(ExportState.QUEUED);
            assertThat(away.export(id).reason()).endsWith("It is tried again.");
            assertThatThrownBy(() -> away.run(id, ExportJob.ATTEMPTS, () -> false))
                    .isInstanceOf(JobFailure.class);
            assertThat(away.export(id).state()).isEqualTo(ExportState.FAILED);
        }
    }
}
