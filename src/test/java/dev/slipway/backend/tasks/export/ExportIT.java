package dev.slipway.backend.tasks.export;

import static dev.slipway.backend.tasks.export.ShopExports.ROWS;

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
import dev.slipway.testing.States;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;

/// Exports of orders out of SQLite: what stands in the files is what plain SQL reads.
@ParameterizedClass
@EnumSource(States.class)
class ExportIT {
    @AutoClose private final ShopExports there;

    ExportIT(States states, @TempDir Path home) throws SQLException {
        there = new ShopExports(states, home);
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
        String id = there.exports.start(format, ExportFilter.ALL);
        there.exports.run(id);

        Path file = there.exports.file(id);
        assertThat(read(format, file)).isEqualTo(OrderShop.rows(there.shop, "1 = 1"));
        var export = there.exports.export(id);
        byte[] bytes = Files.readAllBytes(file);
        assertThat(export.state()).isEqualTo(ExportState.READY);
        assertThat(export.rows()).isEqualTo(ROWS);
        assertThat(export.bytes()).isEqualTo(bytes.length);
        assertThat(export.sha256())
                .isEqualTo(
                        HexFormat.of()
                                .formatHex(MessageDigest.getInstance("SHA-256").digest(bytes)));
        assertThat(export.expiresAt()).isEqualTo(there.clock.instant().plus(Duration.ofHours(24)));
    }

    @ParameterizedTest
    @EnumSource
    void holdsOnlyTheDatesAndTheVendorThatWereChosen(ExportFormat format) throws Exception {
        var which =
                ExportFilter.dates(
                        LocalDate.parse("2026-11-03"), LocalDate.parse("2026-11-05"), "v1");
        String id = there.exports.start(format, which);
        there.exports.run(id);

        assertThat(read(format, there.exports.file(id)))
                .isNotEmpty()
                .isEqualTo(
                        OrderShop.rows(
                                there.shop,
                                "ordered_on BETWEEN '2026-11-03' AND '2026-11-05' AND vendor ="
                                        + " 'v1'"));
    }

    @Test
    void noTextOfACsvFileBeginsAFormula() throws Exception {
        String id = there.exports.start(ExportFormat.CSV, ExportFilter.ALL);
        there.exports.run(id);

        String csv = Files.readString(there.exports.file(id));
        assertThat(csv)
                .contains("\"'=1+1\"", "\"'@SUM(A1)\"", "\"'+49 30 1234\"", "\"'\tTab\"")
                .contains("\"'\uFF1DFull width\"", "\"-5\"", "\"-5,25\"")
                .doesNotContain("\"=", "\"@", "\"\t", "\"+4")
                .contains("\r\n", "\"a \"\"quoted\"\", word\"");
    }

    @Test
    void onlyItsOwnerCanReadTheFile() throws Exception {
        assumeTrue(there.home.getFileSystem().supportedFileAttributeViews().contains("posix"));
        String id = there.exports.start(ExportFormat.CSV, ExportFilter.ALL);
        there.exports.run(id);

        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(there.exports.file(id))))
                .isEqualTo("rw-------");
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(there.exports.files.folder())))
                .isEqualTo("rwx------");
    }

    @Test
    void aRowThatAColumnCantHoldIsNamedAndNothingIsRounded() throws Exception {
        try (var change = there.shop.createStatement()) {
            change.execute("UPDATE sale SET amount = '1.005' WHERE id = 5");
        }
        String id = there.exports.start(ExportFormat.PARQUET, ExportFilter.ALL);
        assertThatThrownBy(() -> there.exports.run(id))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("'amount' can't hold 1.005 in a decimal(12, 2)");
        assertThat(there.exports.export(id).state()).isEqualTo(ExportState.FAILED);

        try (var change = there.shop.createStatement()) {
            change.execute("UPDATE sale SET amount = '1', ordered_at = 'soon' WHERE id = 5");
        }
        assertThatThrownBy(() -> there.exports.run(id))
                .isInstanceOf(JobFailure.class)
                .hasMessageContaining("'ordered_at' yields 'soon', which is no timestamp");
        assertThat(there.exports.files.all()).isEmpty();
    }

    @Test
    void filtersThatMakeNoSenseAreRefusedAtTheirField() {
        var upside =
                ExportFilter.dates(
                        LocalDate.parse("2026-11-05"), LocalDate.parse("2026-11-03"), null);
        assertThatThrownBy(() -> there.exports.start(ExportFormat.CSV, upside))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("before the first");
        assertThatThrownBy(() -> there.exports.start(ExportFormat.CSV, ExportFilter.run("7")))
                .isInstanceOf(Refused.class);
        assertThatThrownBy(
                        () ->
                                there.exports.start(
                                        new StartExport(
                                                ExportOf.QUARANTINE,
                                                ExportFormat.CSV,
                                                ExportFilter.ALL)))
                .isInstanceOf(Refused.class);
    }
}
