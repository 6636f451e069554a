package dev.slipway.testing;

import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.api.tasks.ExportFormat;
import dev.slipway.api.tasks.ExportOf;
import dev.slipway.api.tasks.ExportState;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.IntStream;

/// Exports in every state.
public record MuchExports(Instant now) {
    private static final String SHA256 =
            "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08";

    /// One that is written, one that waits, one that is ready, one that failed, one that was
    /// cancelled and one that has expired; then more that have.
    public List<Export> all(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> export(i, ExportState.values()[Math.min(i, 5)]))
                .toList();
    }

    public Export export(int i, ExportState state) {
        boolean written = state == ExportState.READY || state == ExportState.EXPIRED;
        boolean running = state == ExportState.RUNNING;
        return new Export(
                "export-%03d".formatted(i),
                ExportOf.values()[i % 3],
                ExportFormat.values()[i % 3],
                i % 3 == 2
                        ? ExportFilter.run("run-7")
                        : ExportFilter.dates(
                                LocalDate.of(2026, 11, 1),
                                LocalDate.of(2026, 11, 21),
                                i % 2 == 0 ? null : "1204"),
                state,
                "ada",
                now.minusSeconds(60L + i * 90),
                state == ExportState.QUEUED ? null : now.minusSeconds(50),
                running || state == ExportState.QUEUED ? null : now.minusSeconds(10),
                "job-9",
                written ? 1_204_311 : running ? 402_117 : 0,
                written || running ? 1_204_311L : null,
                running ? 84L : null,
                written || running ? now.minusSeconds(49) : null,
                written && i % 5 == 0 ? now.minusSeconds(20) : null,
                written ? 182_331_004L : null,
                written ? SHA256 : null,
                written ? now.plusSeconds(80_000) : null,
                "orders-20261122-030405Z.csv",
                reason(state));
    }

    /// A ready one of which the file is not there.
    public Export lost(int i) {
        Export it = export(i, ExportState.READY);
        return new Export(
                it.id(),
                it.what(),
                it.format(),
                it.which(),
                it.state(),
                it.startedBy(),
                it.createdAt(),
                it.startedAt(),
                it.endedAt(),
                it.jobId(),
                it.rows(),
                it.total(),
                it.etaSeconds(),
                it.asOf(),
                it.lastAsOf(),
                it.bytes(),
                it.sha256(),
                it.expiresAt(),
                it.fileName(),
                "Its file is not, or not whole, in the folder /var/slipway/exports of web-2: it was"
                        + " deleted, or written on another machine (servers and workers must share"
                        + " that folder). Start the export again.");
    }

    private static @Nullable String reason(ExportState state) {
        return switch (state) {
            case FAILED ->
                    "The disk of the folder /var/slipway/exports is full. Nothing of the file is"
                            + " kept. Make room or choose fewer rows, then start it again.";
            case CANCELLED -> "Cancelled by ada.";
            case QUEUED, RUNNING, READY, EXPIRED -> null;
        };
    }
}
