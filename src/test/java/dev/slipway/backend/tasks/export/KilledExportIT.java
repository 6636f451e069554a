package dev.slipway.backend.tasks.export;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.api.tasks.ExportFormat;
import dev.slipway.api.tasks.ExportState;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Random;

/// Worker processes are killed again and again in the middle of one export; the file is, byte for
/// byte or (Parquet) row for row, that of a worker that no one disturbed, and none of them began at
/// the start.
class KilledExportIT {
    private static final int ROWS = 200_000;
    private static final int KILLS = 2;

    @TempDir Path home;

    @ParameterizedTest
    @EnumSource
    void isGoneOnWith(ExportFormat format) throws Exception {
        shop();
        long seed = System.nanoTime();
        var random = new Random(seed);
        try (var fixture = ExportProcess.fixture(home)) {
            String undisturbed = fixture.start(format, ExportFilter.ALL);
            fixture.run(undisturbed);
            String id = fixture.start(format, ExportFilter.ALL);
            long safe = 0;
            for (int i = 0; i < KILLS; i++) {
                long wanted = safe + 1 + random.nextInt(ROWS / 10);
                Process process = ExportProcess.start("64m", home, id);
                eventually("further", () -> safe(fixture, id) >= wanted || !process.isAlive());
                process.destroyForcibly().waitFor();
                assertThat(fixture.export(id).state())
                        .as("seed " + seed)
                        .isEqualTo(ExportState.RUNNING);
                safe = safe(fixture, id);
            }
            assertThat(ExportProcess.start("64m", home, id).waitFor())
                    .as(Files.readString(home.resolve("process.log")))
                    .isZero();

            assertThat(Files.readString(home.resolve("process.log")))
                    .contains(String.format("Goes on behind row %,d.", safe));
            Export export = fixture.export(id);
            if (format == ExportFormat.PARQUET) {
                // its parts end where workers died
                assertThat(Reading.parquet(fixture.file(id)))
                        .as("seed " + seed)
                        .isEqualTo(Reading.parquet(fixture.file(undisturbed)));
            } else {
                assertThat(Files.mismatch(fixture.file(id), fixture.file(undisturbed)))
                        .as("seed " + seed)
                        .isEqualTo(-1);
                assertThat(export.sha256()).isEqualTo(fixture.export(undisturbed).sha256());
            }
            assertThat(export.rows()).isEqualTo(ROWS);
            assertThat(export.lastAsOf()).isAfter(export.asOf());
            assertThat(fixture.files.all())
                    .containsExactlyInAnyOrder(fixture.file(id), fixture.file(undisturbed));
        }
    }

    private static long safe(ExportFixture fixture, String id) {
        Piece piece = fixture.service.stored(id).piece();
        return piece == null ? 0 : piece.rows();
    }

    private void shop() throws SQLException {
        try (var shop = OrderShop.sqlite(home.resolve("shop.sqlite"));
                var statement = shop.createStatement()) {
            statement.execute(
                    "INSERT INTO sale WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"
                            + " WHERE i < "
                            + ROWS
                            + ") SELECT i, '2026-11-20T10:00:00Z', '2026-11-20', 'v' || i % 3,"
                            + " 'Größe ' || i, i || '.25', i % 2 FROM n");
        }
    }
}
