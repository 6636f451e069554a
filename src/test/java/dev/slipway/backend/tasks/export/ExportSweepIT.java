package dev.slipway.backend.tasks.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.api.tasks.ExportFormat;
import dev.slipway.api.tasks.ExportState;
import dev.slipway.backend.http.Refused;
import dev.slipway.testing.States;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// What no one wants any more does not stay on the disk.
@ParameterizedClass
@EnumSource(States.class)
class ExportSweepIT {
    @AutoClose private final ShopExports there;

    ExportSweepIT(States states, @TempDir Path home) throws SQLException {
        there = new ShopExports(states, home);
    }

    @Test
    void whatHasExpiredIsDeletedFromTheDisk() throws Exception {
        String id = there.exports.start(ExportFormat.CSV, ExportFilter.ALL);
        there.exports.run(id);
        Path file = there.exports.file(id);
        there.clock.forward(Duration.ofHours(24).minusSeconds(1));
        there.exports.sweep.sweep();
        assertThat(file).exists();
        there.clock.forward(Duration.ofSeconds(1));
        there.exports.sweep.sweep();
        assertThat(file).doesNotExist();
        assertThat(there.exports.export(id).state()).isEqualTo(ExportState.EXPIRED);
        there.clock.forward(Duration.ofDays(15));
        there.exports.sweep.sweep();
        assertThatThrownBy(() -> there.exports.export(id)).isInstanceOf(Refused.class);
    }

    @Test
    void filesThatNoExportNamesAreDeletedAndOthersFilesAreLeft() throws Exception {
        String id = there.exports.start(ExportFormat.CSV, ExportFilter.ALL);
        there.exports.run(id);
        Path orphan = there.exports.files.path("00000000-0000-0000-0000-000000000000.1.csv");
        Path older = there.exports.files.path(id + ".0.csv.part");
        Path notes = there.exports.files.path("notes.txt");
        for (Path file : List.of(orphan, older, notes)) {
            Files.writeString(file, "x");
        }
        Files.setLastModifiedTime(older, FileTime.from(there.clock.instant().minusSeconds(3_600)));
        there.exports.sweep.sweep();
        assertThat(there.exports.files.all())
                .containsExactlyInAnyOrder(there.exports.file(id), notes);
    }

    @Test
    void anExportWhoseJobIsDeadFails() throws Exception {
        String id = there.exports.start(ExportFormat.CSV, ExportFilter.ALL);
        there.exports.store.writing(
                h ->
                        h.execute(
                                "UPDATE job SET state = 'DEAD', due_at = NULL,"
                                        + " fingerprint = 'f', error = 'e'"));
        there.exports.sweep.sweep();
        assertThat(there.exports.export(id).state()).isEqualTo(ExportState.FAILED);
    }
}
