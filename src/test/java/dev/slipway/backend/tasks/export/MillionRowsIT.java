package dev.slipway.backend.tasks.export;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.hardwood.InputFile;
import dev.hardwood.reader.ParquetFileReader;
import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.api.tasks.ExportFormat;
import dev.slipway.api.tasks.ExportState;

import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;

/// A million rows: written in a heap that could not hold them, and killed in the middle.
class MillionRowsIT {
    private static final int ROWS = 1_000_000;
    private static final String HEAP = "64m";

    @TempDir static Path home;

    @BeforeAll
    static void shop() throws SQLException {
        try (var shop = OrderShop.sqlite(home.resolve("shop.sqlite"));
                var statement = shop.createStatement()) {
            statement.execute(
                    "INSERT INTO sale WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                            + " WHERE i < "
                            + ROWS
                            + ") SELECT i, '2026-11-20T10:00:00Z', '2026-11-20', 'v' || i % 3,"
                            + " 'a title that is not so short, number ' || i, i || '.25', i % 2 FROM"
                            + " n");
        }
    }

    /// What an aggregate over the file and over the source must both be.
    private record Sum(long rows, long ids, BigDecimal amount) {}

    private static Sum source() throws SQLException {
        try (var shop =
                        java.sql.DriverManager.getConnection(
                                "jdbc:sqlite:" + home.resolve("shop.sqlite"));
                var statement = shop.createStatement();
                var row =
                        statement.executeQuery(
                                "SELECT count(*), sum(id), sum(cast(replace(amount, '.', '') AS"
                                        + " INTEGER)) FROM sale")) {
            row.next();
            return new Sum(row.getLong(1), row.getLong(2), BigDecimal.valueOf(row.getLong(3), 2));
        }
    }

    private static Sum file(ExportFormat format, Path file) throws IOException {
        long rows = 0;
        long ids = 0;
        BigDecimal amount = BigDecimal.ZERO;
        switch (format) {
            case CSV -> {
                try (var parser =
                        CSVFormat.RFC4180
                                .builder()
                                .setHeader()
                                .setSkipHeaderRecord(true)
                                .get()
                                .parse(Files.newBufferedReader(file))) {
                    for (var record : parser) {
                        rows++;
                        ids += Long.parseLong(record.get("id"));
                        amount = amount.add(new BigDecimal(record.get("amount")));
                    }
                }
            }
            case JSON_LINES -> {
                var json = new ObjectMapper();
                try (var lines = Files.lines(file)) {
                    for (String line : (Iterable<String>) lines::iterator) {
                        var row = json.readTree(line);
                        rows++;
                        ids += row.get("id").asLong();
                        amount = amount.add(row.get("amount").decimalValue());
                    }
                }
            }
            case PARQUET -> {
                try (var reader = ParquetFileReader.open(InputFile.of(file));
                        var row = reader.rowReader()) {
                    while (row.hasNext()) {
                        row.next();
                        rows++;
                        ids += row.getLong("id");
                        amount = amount.add(row.getDecimal("amount"));
                    }
                }
            }
        }
        return new Sum(rows, ids, amount);
    }

    @ParameterizedTest
    @EnumSource
    void areWrittenInASmallHeap(ExportFormat format) throws Exception {
        try (var fixture = ExportProcess.fixture(home)) {
            String id = fixture.start(format, ExportFilter.ALL);
            Process process = ExportProcess.start(HEAP, home, id);
            assertThat(process.waitFor())
                    .as(Files.readString(home.resolve("process.log")))
                    .isEqualTo(0);
            assertThat(fixture.export(id).state()).isEqualTo(ExportState.READY);
            Path file = fixture.file(id);
            assertThat(file(format, file)).isEqualTo(source());
            Files.delete(file);
        }
    }

    /// The heap bound is a real one: the same rows held together would not fit.
    @Test
    void wouldNotFitIntoThatHeap() throws Exception {
        assertThat(Files.size(home.resolve("shop.sqlite"))).isGreaterThan(64L << 20);
    }

    @Test
    void aWorkerThatIsKilledInTheMiddleLeavesNoWrongFile() throws Exception {
        try (var fixture = ExportProcess.fixture(home)) {
            String id = fixture.start(ExportFormat.JSON_LINES, ExportFilter.ALL);
            Process killed = ExportProcess.start(HEAP, home, id);
            eventually(
                    "in the middle", () -> parts(fixture).stream().anyMatch(MillionRowsIT::large));
            killed.destroyForcibly().waitFor();
            assertThat(fixture.export(id).state()).isEqualTo(ExportState.RUNNING);
            assertThat(fixture.service.stored(id).file()).isNull();

            assertThat(ExportProcess.start(HEAP, home, id).waitFor()).isEqualTo(0);
            assertThat(fixture.files.all()).containsExactly(fixture.file(id));
            assertThat(file(ExportFormat.JSON_LINES, fixture.file(id))).isEqualTo(source());
            Files.delete(fixture.file(id));
        }
    }

    private static List<Path> parts(ExportFixture fixture) {
        try {
            return fixture.files.all();
        } catch (IOException e) {
            return List.of();
        }
    }

    private static boolean large(Path file) {
        try {
            return Files.size(file) > 4L << 20;
        } catch (IOException e) {
            return false;
        }
    }
}
