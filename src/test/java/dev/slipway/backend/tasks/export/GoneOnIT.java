package dev.slipway.backend.tasks.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.api.tasks.ExportFormat;
import dev.slipway.api.tasks.ExportState;
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

import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A worker dies in the middle of an export and another one goes on, while the shop's rows change
/// before and behind that place.
@ParameterizedClass
@EnumSource(States.class)
class GoneOnIT {
    private static final int ROWS = 200;
    private static final int SAFE = 70;
    private static final Instant FIRST = Instant.parse("2026-11-26T12:00:00Z");
    private static final Instant SECOND = Instant.parse("2026-11-26T12:03:00Z");

    private final States states;
    private final TestClock clock = new TestClock(FIRST);

    @TempDir Path home;

    @SuppressWarnings("NullAway.Init")
    private Connection shop;

    @SuppressWarnings("NullAway.Init")
    private ExportFixture fixture;

    GoneOnIT(States states) {
        this.states = states;
    }

    @BeforeEach
    void open() throws Exception {
        Path file = home.resolve("shop.sqlite");
        shop = OrderShop.sqlite(file);
        OrderShop.add(shop, 1, ROWS);
        // it tells after each row
        fixture = fixture(home.resolve("state"), home.resolve("exports"));
    }

    private ExportFixture fixture(Path state, Path exports) throws Exception {
        return new ExportFixture(
                states.open(state),
                exports,
                ExportFixture.sqlite(home.resolve("shop.sqlite"), clock),
                new Writing.Pace(Duration.ZERO, clock));
    }

    @AfterEach
    void close() throws SQLException {
        fixture.close();
        shop.close();
    }

    private void execute(String sql) throws SQLException {
        try (var statement = shop.createStatement()) {
            statement.execute(sql);
        }
    }

    private static final class Dead extends Error {
        private static final long serialVersionUID = 1L;
    }

    /// Its worker dies after so many rows, without another word.
    private void dies(String id, int rows) {
        var told = new AtomicInteger();
        assertThatThrownBy(
                        () ->
                                fixture.run(
                                        id,
                                        1,
                                        () -> {
                                            if (told.getAndIncrement() == rows) {
                                                throw new Dead();
                                            }
                                            return false;
                                        }))
                .isInstanceOf(Dead.class);
        fixture.log.clear();
    }

    private Export goesOn(String id) throws Exception {
        clock.forward(Duration.between(FIRST, SECOND));
        fixture.run(id);
        return fixture.export(id);
    }

    private static List<String> read(ExportFormat format, Path file) throws Exception {
        return switch (format) {
            case CSV -> Reading.csv(file);
            case JSON_LINES -> Reading.jsonLines(file);
            case PARQUET -> Reading.parquet(file);
        };
    }

    @Test
    void whereThereIsNoRoomForItAndItsCopyItBeginsAgain() throws Exception {
        OrderShop.add(shop, ROWS + 1, 1_800);
        fixture.close();
        try (var disk = SmallDisk.mount(home.resolve("small"), 1)) {
            fixture = fixture(home.resolve("state2"), disk.folder().resolve("exports"));
            String id = fixture.start(ExportFormat.CSV, ExportFilter.ALL);
            dies(id, 1_500);
            long left = Files.size(fixture.files.all().getFirst());
            disk.fill(left * 2 / 3);

            Export export = goesOn(id);

            assertThat(fixture.log)
                    .anySatisfy(
                            line ->
                                    assertThat(line)
                                            .startsWith("Begins again: what was written can't"));
            assertThat(export.state()).as(export.reason()).isEqualTo(ExportState.READY);
            assertThat(export.rows()).isEqualTo(ROWS + 1_800);
            assertThat(export.lastAsOf()).isNull();
            assertThat(fixture.files.all()).hasSize(1);
            fixture.close();
            fixture = fixture(home.resolve("state3"), home.resolve("exports3"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatIsSafeIsNotWrittenAgainAndBothMomentsAreTold(ExportFormat format) throws Exception {
        String id = fixture.start(format, ExportFilter.ALL);
        List<String> before = OrderShop.rows(shop, "id <= " + SAFE);
        dies(id, SAFE);
        assertThat(fixture.export(id).state()).isEqualTo(ExportState.RUNNING);

        execute("UPDATE sale SET vendor = 'changed before' WHERE id = 50");
        execute("UPDATE sale SET vendor = 'changed behind' WHERE id = 150");
        execute("DELETE FROM sale WHERE id = 160");
        OrderShop.add(shop, ROWS + 1, 10);
        Export export = goesOn(id);

        assertThat(fixture.log).contains("Goes on behind row 70.");
        List<String> expected = new ArrayList<>(before);
        expected.addAll(OrderShop.rows(shop, "id > " + SAFE));
        assertThat(read(format, fixture.file(id))).isEqualTo(expected).hasSize(ROWS + 9);
        assertThat(export.asOf()).isEqualTo(FIRST);
        assertThat(export.lastAsOf()).isAfterOrEqualTo(SECOND);
        assertThat(export.rows()).isEqualTo(ROWS + 9);
        assertThat(fixture.files.all()).containsExactly(fixture.file(id));
    }

    /// Byte for byte what one worker would have written, whoever died in between.
    @ParameterizedTest
    @EnumSource(names = {"CSV", "JSON_LINES"})
    void whereNothingChangedItIsTheFileOfOneWorker(ExportFormat format) throws Exception {
        String undisturbed = fixture.start(format, ExportFilter.ALL);
        fixture.run(undisturbed);
        String id = fixture.start(format, ExportFilter.ALL);
        dies(id, 1);
        dies(id, 40);
        dies(id, 1);
        dies(id, 100);
        Export export = goesOn(id);

        assertThat(fixture.log).contains("Goes on behind row 142.");
        assertThat(Files.mismatch(fixture.file(id), fixture.file(undisturbed))).isEqualTo(-1);
        assertThat(export.sha256()).isEqualTo(fixture.export(undisturbed).sha256());
        assertThat(export.rows()).isEqualTo(ROWS);
        assertThat(fixture.export(undisturbed).lastAsOf()).isNull();
    }

    private void beginsAgain(String id) throws Exception {
        Export export = goesOn(id);
        assertThat(fixture.log)
                .contains("Begins again: the first 70 rows are no longer the same ones.");
        assertThat(Reading.csv(fixture.file(id))).isEqualTo(OrderShop.rows(shop, "1 = 1"));
        assertThat(export.asOf()).isEqualTo(SECOND);
        assertThat(export.lastAsOf()).isNull();
        assertThat(fixture.files.all()).containsExactly(fixture.file(id));
    }

    @ParameterizedTest
    @EnumSource
    void rowsThatCameOrWentBeforeThatPlaceMakeItBeginAgain(Move move) throws Exception {
        String id = fixture.start(ExportFormat.CSV, ExportFilter.ALL);
        dies(id, SAFE);
        execute(move.sql);
        beginsAgain(id);
    }

    enum Move {
        WENT("DELETE FROM sale WHERE id = 5"),
        CAME(
                "INSERT INTO sale SELECT -1, ordered_at, ordered_on, vendor, title, amount, gift"
                        + " FROM sale WHERE id = 5"),
        THE_LAST_CHANGED("UPDATE sale SET vendor = 'other' WHERE id = 70"),
        NEARLY_ALL_WENT("DELETE FROM sale WHERE id > 3");

        private final String sql;

        Move(String sql) {
            this.sql = sql;
        }
    }

    @Test
    void aFileThatIsNotWhatItWasIsNotGoneOnWith() throws Exception {
        String id = fixture.start(ExportFormat.CSV, ExportFilter.ALL);
        dies(id, SAFE);
        Path left = fixture.files.all().getFirst();
        try (var file = new RandomAccessFile(left.toFile(), "rw")) {
            file.seek(2_000);
            file.write('x');
        }
        beginsAgain(id);
    }

    @Test
    void aFileThatIsGoneOrTooShortIsNotGoneOnWith() throws Exception {
        String gone = fixture.start(ExportFormat.CSV, ExportFilter.ALL);
        dies(gone, SAFE);
        Files.delete(fixture.files.all().getFirst());
        beginsAgain(gone);
        Files.delete(fixture.file(gone));

        String cut = fixture.start(ExportFormat.CSV, ExportFilter.ALL);
        clock.set(FIRST);
        dies(cut, SAFE);
        try (var file = new RandomAccessFile(fixture.files.all().getFirst().toFile(), "rw")) {
            file.setLength(2_000);
        }
        beginsAgain(cut);
    }

    /// Its parts end where they end: the same rows, typed alike, and a checksum of their own.
    @Test
    void parquetOfManyWorkersHasTheRowsOfOne() throws Exception {
        String undisturbed = fixture.start(ExportFormat.PARQUET, ExportFilter.ALL);
        fixture.run(undisturbed);
        String id = fixture.start(ExportFormat.PARQUET, ExportFilter.ALL);
        dies(id, 1);
        dies(id, 40);
        dies(id, 1);
        dies(id, 100);
        Export export = goesOn(id);

        assertThat(fixture.log).anyMatch(line -> line.startsWith("Goes on behind row 14"));
        assertThat(Reading.parquet(fixture.file(id)))
                .isEqualTo(Reading.parquet(fixture.file(undisturbed)))
                .isEqualTo(OrderShop.rows(shop, "1 = 1"));
        assertThat(export.rows()).isEqualTo(ROWS);
        byte[] file = Files.readAllBytes(fixture.file(id));
        assertThat(export.bytes()).isEqualTo(file.length);
        assertThat(export.sha256())
                .isEqualTo(
                        HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(file)));
        assertThat(fixture.files.all())
                .containsExactlyInAnyOrder(fixture.file(id), fixture.file(undisturbed));
    }

    /// The parts take up as much room as the file that they are put together in.
    @Test
    void partsThatCanNotBePutTogetherOnAFullDiskLeaveNothing() throws Exception {
        OrderShop.add(shop, ROWS + 1, 30_000);
        fixture.close();
        try (var disk = SmallDisk.mount(home.resolve("small"), 1)) {
            // one part at the very end
            fixture =
                    new ExportFixture(
                            states.open(home.resolve("state2")),
                            disk.folder().resolve("exports"),
                            ExportFixture.sqlite(home.resolve("shop.sqlite"), clock),
                            new Writing.Pace(Duration.ofHours(1), clock));
            String first = fixture.start(ExportFormat.PARQUET, ExportFilter.ALL);
            fixture.run(first);
            long bytes = Files.size(fixture.file(first));
            Files.delete(fixture.file(first));
            disk.fill(bytes * 3 / 2);

            String id = fixture.start(ExportFormat.PARQUET, ExportFilter.ALL);
            assertThatThrownBy(() -> fixture.run(id)).hasMessageContaining("is full");
            assertThat(fixture.export(id).reason()).contains("Nothing of the file is kept");
            assertThat(fixture.files.all()).isEmpty();
            fixture.close();
            fixture = fixture(home.resolve("state3"), home.resolve("exports3"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aDrainingWorkerLeavesWhatIsSafe(ExportFormat format) throws Exception {
        String id = fixture.start(format, ExportFilter.ALL);
        var told = new AtomicInteger();
        fixture.run(id, 1, () -> told.getAndIncrement() >= SAFE);
        assertThat(fixture.export(id).state()).isEqualTo(ExportState.QUEUED);
        assertThat(fixture.export(id).rows()).isEqualTo(SAFE);

        goesOn(id);
        assertThat(fixture.log).contains("Goes on behind row 70.");
        assertThat(read(format, fixture.file(id))).isEqualTo(OrderShop.rows(shop, "1 = 1"));
    }

    @ParameterizedTest
    @EnumSource(names = {"CSV", "PARQUET"})
    void whenItIsCancelledOrFailsWhatWasSafeIsDeleted(ExportFormat format) throws Exception {
        String failing = fixture.start(format, ExportFilter.ALL);
        dies(failing, SAFE);
        execute("UPDATE sale SET amount = '1.005' WHERE id = 90");
        assertThatThrownBy(() -> fixture.run(failing)).hasMessageContaining("1.005");
        assertThat(fixture.files.all()).isEmpty();
        assertThat(fixture.service.stored(failing).piece()).isNull();

        String id = fixture.start(format, ExportFilter.ALL);
        execute("UPDATE sale SET amount = '1' WHERE id = 90");
        dies(id, SAFE);
        var told = new AtomicInteger();
        fixture.run(
                id,
                1,
                () -> {
                    if (told.getAndIncrement() == 5) {
                        fixture.store.write(fixture.service.cancel(id, "", "x")::in);
                    }
                    return false;
                });
        assertThat(fixture.export(id).state()).isEqualTo(ExportState.CANCELLED);
        assertThat(fixture.files.all()).isEmpty();
    }

    /// It wakes up while its successor goes on, and writes: to a file of its own.
    @Test
    void theOneThatWasLeftBehindSpoilsNothing() throws Exception {
        String id = fixture.start(ExportFormat.CSV, ExportFilter.ALL);
        var told = new AtomicInteger();
        fixture.run(
                id,
                1,
                () -> {
                    if (told.getAndIncrement() == SAFE) {
                        succeed(id);
                    }
                    return false;
                });
        assertThat(fixture.export(id).state()).isEqualTo(ExportState.READY);
        assertThat(Reading.csv(fixture.file(id))).isEqualTo(OrderShop.rows(shop, "1 = 1"));
        assertThat(fixture.log).contains("Goes on behind row 70.");
    }

    private void succeed(String id) {
        try {
            fixture.run(id);
        } catch (Exception e) {
            // who calls it lets no checked one through: the test fails with it
            throw new IllegalStateException(e);
        }
    }
}
