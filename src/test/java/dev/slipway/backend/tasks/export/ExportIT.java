package dev.slipway.backend.tasks.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.api.tasks.ExportFormat;
import dev.slipway.api.tasks.ExportOf;
import dev.slipway.api.tasks.ExportState;
import dev.slipway.api.tasks.StartExport;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.queues.JobFailure;
import dev.slipway.backend.tasks.export.file.DraftFile;
import dev.slipway.testing.SmallDisk;
import dev.slipway.testing.States;
import dev.slipway.testing.TestClock;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/// Exports of orders out of SQLite: what stands in the files is what plain SQL reads, whatever
/// happens on the way.
@ParameterizedClass
@EnumSource(States.class)
class ExportIT {
    private final States states;

    private static final int ROWS = 2_000;

    @TempDir Path home;
    private final TestClock clock = new TestClock(Instant.parse("2026-11-26T12:00:00Z"));

    @SuppressWarnings("NullAway.Init")
    private Connection shop;

    @SuppressWarnings("NullAway.Init")
    private ExportFixture fixture;

    @BeforeEach
    void open() throws SQLException {
        Path file = home.resolve("shop.sqlite");
        shop = OrderShop.sqlite(file);
        OrderShop.add(shop, 1, ROWS);
        fixture =
                new ExportFixture(
                        states.open(home.resolve("state")),
                        home.resolve("exports"),
                        ExportFixture.sqlite(file),
                        clock);
    }

    @AfterEach
    void close() throws SQLException {
        fixture.close();
        shop.close();
    }

    ExportIT(States states) {
        this.states = states;
    }

    private static List<String> read(ExportFormat format, Path file) throws IOException {
        return switch (format) {
            case CSV -> Reading.csv(file);
            case JSON_LINES -> Reading.jsonLines(file);
            case PARQUET -> Reading.parquet(file);
        };
    }

    @ParameterizedTest
    @EnumSource
    void holdsWhatSqlReadsAndBearsItsChecksum(ExportFormat format) throws Exception {
        String id = fixture.start(format, ExportFilter.ALL);
        fixture.run(id);

        Path file = fixture.file(id);
        assertThat(read(format, file)).isEqualTo(OrderShop.rows(shop, "1 = 1"));
        var export = fixture.export(id);
        byte[] bytes = Files.readAllBytes(file);
        assertThat(export.state()).isEqualTo(ExportState.READY);
        assertThat(export.rows()).isEqualTo(ROWS);
        assertThat(export.bytes()).isEqualTo(bytes.length);
        assertThat(export.sha256())
                .isEqualTo(
                        HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        assertThat(export.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofHours(24)));
    }

    @ParameterizedTest
    @EnumSource
    void holdsOnlyTheDatesAndTheVendorThatWereChosen(ExportFormat format) throws Exception {
        var which =
                ExportFilter.dates(
                        LocalDate.parse("2026-11-03"), LocalDate.parse("2026-11-05"), "v1");
        String id = fixture.start(format, which);
        fixture.run(id);

        assertThat(read(format, fixture.file(id)))
                .isNotEmpty()
                .isEqualTo(
                        OrderShop.rows(
                                shop,
                                "ordered_on BETWEEN '2026-11-03' AND '2026-11-05' AND vendor ="
                                        + " 'v1'"));
    }

    @Test
    void noTextOfACsvFileBeginsAFormula() throws Exception {
        String id = fixture.start(ExportFormat.CSV, ExportFilter.ALL);
        fixture.run(id);

        String csv = Files.readString(fixture.file(id));
        assertThat(csv)
                .contains("\"'=1+1\"", "\"'@SUM(A1)\"", "\"'+49 30 1234\"", "\"'\tTab\"")
                .contains("\"'\uFF1DFull width\"", "\"-5\"", "\"-5,25\"")
                .doesNotContain("\"=", "\"@", "\"\t", "\"+4")
                .contains("\r\n", "\"a \"\"quoted\"\", word\"");
    }

    @Test
    void onlyItsOwnerCanReadTheFile() throws Exception {
        assumeTrue(home.getFileSystem().supportedFileAttributeViews().contains("posix"));
        String id = fixture.start(ExportFormat.CSV, ExportFilter.ALL);
        fixture.run(id);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(fixture.file(id))))
                .isEqualTo("rw-------");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(fixture.files.folder())))
                .isEqualTo("rwx------");
    }

    @Test
    void theSecondWorkerOfADeadOneBeginsAgainAndLeavesNothingOfIt() throws Exception {
        String id = fixture.start(ExportFormat.CSV, ExportFilter.ALL);
        var dead = fixture.store.write(h -> fixture.exports.begin(h, id, clock.instant()));
        Files.createDirectories(fixture.files.folder());
        Files.writeString(
                fixture.files.path(fixture.files.name(dead.orElseThrow()) + ".part"), "half");
        OrderShop.add(shop, ROWS + 1, 10);

        fixture.run(id);
        assertThat(fixture.files.all()).containsExactly(fixture.file(id));
        assertThat(Reading.csv(fixture.file(id))).isEqualTo(OrderShop.rows(shop, "1 = 1"));
        // the one that was left behind wakes up: nothing that it says counts any more
        boolean counted =
                fixture.store.write(
                        h ->
                                fixture.exports.progress(
                                        h,
                                        dead.orElseThrow(),
                                        new HowFar(1, 1, null, clock.instant(), null)));
        assertThat(counted).isFalse();
        assertThat(fixture.export(id).rows()).isEqualTo(ROWS + 10);
    }

    @Test
    void whatAWorkerSaysThatWasLeftBehindDoesNotCount() {
        String id = fixture.start(ExportFormat.CSV, ExportFilter.ALL);
        Instant now = clock.instant();
        var first = fixture.store.write(h -> fixture.exports.begin(h, id, now)).orElseThrow();
        var second = fixture.store.write(h -> fixture.exports.begin(h, id, now)).orElseThrow();
        var kept = new DraftFile.Kept(1, "00");
        var far = new HowFar(1, 1, null, now, null);

        assertThat(fixture.wrote(h -> fixture.exports.progress(h, first, far))).isFalse();
        assertThat(fixture.wrote(h -> fixture.exports.ready(h, first, "f", kept, 1, now, now)))
                .isFalse();
        fixture.store.writing(h -> fixture.exports.failed(h, first, "too late", now));
        fixture.store.writing(h -> fixture.exports.again(h, first, "too late"));
        assertThat(fixture.export(id).state()).isEqualTo(ExportState.RUNNING);
        assertThat(fixture.export(id).reason()).isNull();
        assertThat(fixture.wrote(h -> fixture.exports.progress(h, second, far))).isTrue();
    }

    @Test
    void aWorkerThatWasLeftBehindDoesNotDeleteItsSuccessorsFile() throws Exception {
        String id = fixture.start(ExportFormat.CSV, ExportFilter.ALL);
        var behind = fixture.store.write(h -> fixture.exports.begin(h, id, clock.instant()));
        fixture.run(id);
        Path whole = fixture.file(id);
        // it was held up between taking its turn and beginning its file
        fixture.files.draft(behind.orElseThrow()).close();
        assertThat(fixture.files.all()).containsExactly(whole);
    }

    @Test
    void cancelledInTheMiddleItLeavesNothing() throws Exception {
        String id = fixture.start(ExportFormat.PARQUET, ExportFilter.ALL);
        var rows = new AtomicInteger();
        fixture.run(
                id,
                1,
                () -> {
                    // asked once a second of the clock's time
                    if (rows.incrementAndGet() == 1) {
                        fixture.store.write(fixture.service.cancel(id, "not wanted", "x")::in);
                        clock.forward(Duration.ofSeconds(2));
                    }
                    return false;
                });

        assertThat(fixture.export(id).state()).isEqualTo(ExportState.CANCELLED);
        assertThat(fixture.export(id).reason()).isEqualTo("Cancelled by x: not wanted");
        assertThat(fixture.files.all()).isEmpty();
        assertThat(fixture.log)
                .contains("Stopped: it is no longer wanted, and nothing of it is kept.");
        // a second press changes nothing, and its job finds nothing to do
        fixture.store.write(fixture.service.cancel(id, "", "y")::in);
        fixture.run(id);
        assertThat(fixture.export(id).reason()).isEqualTo("Cancelled by x: not wanted");
    }

    @Test
    void aDrainingWorkerGivesItBackAndKeepsNothing() throws Exception {
        String id = fixture.start(ExportFormat.CSV, ExportFilter.ALL);
        var asked = new AtomicBoolean();
        fixture.run(
                id,
                1,
                () -> {
                    asked.set(true);
                    return true;
                });
        assertThat(asked).isTrue();
        assertThat(fixture.export(id).state()).isEqualTo(ExportState.QUEUED);
        assertThat(fixture.files.all()).isEmpty();
        fixture.run(id);
        assertThat(fixture.export(id).state()).isEqualTo(ExportState.READY);
    }

    @Test
    void aFullDiskIsToldAndNothingHalfIsLeft() throws Exception {
        try (var disk = SmallDisk.mount(home.resolve("small"), 1)) {
            try (var small =
                    new ExportFixture(
                            states.open(home.resolve("state2")),
                            disk.folder().resolve("exports"),
                            ExportFixture.sqlite(home.resolve("shop.sqlite")),
                            clock)) {
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
    void aRowThatAColumnCantHoldIsNamedAndNothingIsRounded() throws Exception {
        try (var change = shop.createStatement()) {
            change.execute("UPDATE sale SET amount = '1.005' WHERE id = 5");
        }
        String id = fixture.start(ExportFormat.PARQUET, ExportFilter.ALL);
        assertThatThrownBy(() -> fixture.run(id))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("'amount' can't hold 1.005 in a decimal(12, 2)");
        assertThat(fixture.export(id).state()).isEqualTo(ExportState.FAILED);

        try (var change = shop.createStatement()) {
            change.execute("UPDATE sale SET amount = '1', ordered_at = 'soon' WHERE id = 5");
        }
        assertThatThrownBy(() -> fixture.run(id))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("'ordered_at' yields 'soon', which is no timestamp");
        assertThat(fixture.files.all()).isEmpty();
    }

    @Test
    void aDatabaseThatIsAwayIsTriedAgainAndThenGivenUp() throws Exception {
        try (var away =
                new ExportFixture(
                        states.open(home.resolve("state3")),
                        home.resolve("away"),
                        ExportFixture.sqlite(home.resolve("no/such/shop.sqlite")),
                        clock)) {
            String id = away.start(ExportFormat.CSV, ExportFilter.ALL);
            assertThatThrownBy(() -> away.run(id)).isInstanceOf(JobFailure.class);
            assertThat(away.export(id).state()).isEqualTo(ExportState.QUEUED);
            assertThat(away.export(id).reason()).endsWith("It is tried again.");
            assertThatThrownBy(() -> away.run(id, ExportJob.ATTEMPTS, () -> false))
                    .isInstanceOf(JobFailure.class);
            assertThat(away.export(id).state()).isEqualTo(ExportState.FAILED);
        }
    }

    @Test
    void whatHasExpiredIsDeletedFromTheDisk() throws Exception {
        String id = fixture.start(ExportFormat.CSV, ExportFilter.ALL);
        fixture.run(id);
        Path file = fixture.file(id);
        clock.forward(Duration.ofHours(24).minusSeconds(1));
        fixture.sweep.sweep();
        assertThat(file).exists();
        clock.forward(Duration.ofSeconds(1));
        fixture.sweep.sweep();
        assertThat(file).doesNotExist();
        assertThat(fixture.export(id).state()).isEqualTo(ExportState.EXPIRED);
        clock.forward(Duration.ofDays(15));
        fixture.sweep.sweep();
        assertThatThrownBy(() -> fixture.export(id)).isInstanceOf(Refused.class);
    }

    @Test
    void filesThatNoExportNamesAreDeletedAndOthersFilesAreLeft() throws Exception {
        String id = fixture.start(ExportFormat.CSV, ExportFilter.ALL);
        fixture.run(id);
        Path orphan = fixture.files.path("00000000-0000-0000-0000-000000000000.1.csv");
        Path older = fixture.files.path(id + ".0.csv.part");
        Path notes = fixture.files.path("notes.txt");
        for (Path file : List.of(orphan, older, notes)) {
            Files.writeString(file, "x");
        }
        Files.setLastModifiedTime(older, FileTime.from(clock.instant().minusSeconds(3_600)));
        fixture.sweep.sweep();
        assertThat(fixture.files.all()).containsExactlyInAnyOrder(fixture.file(id), notes);
    }

    @Test
    void anExportWhoseJobIsDeadFails() throws Exception {
        String id = fixture.start(ExportFormat.CSV, ExportFilter.ALL);
        fixture.store.writing(
                h ->
                        h.execute(
                                "UPDATE job SET state = 'DEAD', due_at = NULL,"
                                        + " fingerprint = 'f', error = 'e'"));
        fixture.sweep.sweep();
        assertThat(fixture.export(id).state()).isEqualTo(ExportState.FAILED);
    }

    @Test
    void filtersThatMakeNoSenseAreRefusedAtTheirField() {
        var upside =
                ExportFilter.dates(
                        LocalDate.parse("2026-11-05"), LocalDate.parse("2026-11-03"), null);
        assertThatThrownBy(() -> fixture.start(ExportFormat.CSV, upside))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("before the first");
        assertThatThrownBy(() -> fixture.start(ExportFormat.CSV, ExportFilter.run("7")))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(
                        () ->
                                fixture.start(
                                        new StartExport(
                                                ExportOf.QUARANTINE,
                                                ExportFormat.CSV,
                                                ExportFilter.ALL)))
                .isInstanceOf(Refused.class);
    }
}
