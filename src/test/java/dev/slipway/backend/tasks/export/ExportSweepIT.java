package dev.slipway.backend.tasks.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.tasks.Export;
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
    void aFileThatIsLostIsToldUntilItIsBack() throws Exception {
        String id = there.exports.start(ExportFormat.CSV, ExportFilter.ALL);
        there.exports.run(id);
        there.exports.sweep.sweep();
        assertThat(there.exports.export(id).lost()).isFalse();

        Path file = there.exports.file(id);
        Path aside = there.home.resolve("aside");
        Files.move(file, aside);
        there.exports.sweep.sweep();
        Export lost = there.exports.export(id);
        assertThat(lost.state()).isEqualTo(ExportState.READY);
        assertThat(lost.reason())
                .contains(there.home.resolve("exports") + " of ada's machine")
                .endsWith("Start the export again.");
        long told = events();
        there.exports.sweep.sweep();
        assertThat(events()).as("told once").isEqualTo(told);

        Files.write(file, List.of("half of it"));
        there.exports.sweep.sweep();
        assertThat(there.exports.export(id).lost()).isTrue();

        Files.delete(file);
        Files.move(aside, file);
        there.exports.sweep.sweep();
        assertThat(there.exports.export(id).lost()).isFalse();
        assertThat(events()).isEqualTo(told + 1);
    }

    /// A server with another folder says that it is not there; the one that has it does not
    /// contradict, or they would for ever.
    @Test
    void twoMachinesWithoutACommonFolderDoNotContradictEachOther() throws Exception {
        String id = there.exports.start(ExportFormat.CSV, ExportFilter.ALL);
        there.exports.run(id);
        ExportSweep other =
                there.exports.sweep(
                        "ben's machine", new ExportFiles(there.home.resolve("mine")), there.clock);
        other.sweep();
        there.exports.sweep.sweep();
        assertThat(there.exports.export(id).reason()).contains("of ben's machine");
        long told = events();
        other.sweep();
        there.exports.sweep.sweep();
        assertThat(events()).isEqualTo(told);
        assertThat(there.exports.file(id)).exists();
    }

    private long events() {
        there.exports.store.numberEvents();
        return there.exports.store.read(
                h -> h.createQuery("SELECT count(*) FROM event").mapTo(Long.class).one());
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
