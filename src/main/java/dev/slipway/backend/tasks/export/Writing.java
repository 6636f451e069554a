package dev.slipway.backend.tasks.export;

import static java.util.Objects.requireNonNull;

import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.store.StateStore;
import dev.slipway.backend.tasks.export.file.Column;
import dev.slipway.backend.tasks.export.file.Column.DoesNotFit;
import dev.slipway.backend.tasks.export.file.DraftFile;
import dev.slipway.backend.tasks.export.file.RowFile;
import dev.slipway.backend.tasks.export.source.RowSink;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// One worker's writing of an export: passes rows on and tells once a second how far it is.
final class Writing implements RowSink {
    private static final Duration TELL = Duration.ofSeconds(1);

    private final JobContext job;
    private final StoredExport held;
    private final DraftFile draft;
    private final StateStore store;
    private final ExportStore exports;
    private final InstantSource clock;
    private @Nullable RowFile file;
    private Instant asOf = Instant.EPOCH;
    private Instant begun = Instant.EPOCH;
    private Instant told = Instant.EPOCH;
    private long total;
    private long rows;
    private boolean wanted = true;

    Writing(
            JobContext job,
            StoredExport held,
            DraftFile draft,
            StateStore store,
            ExportStore exports,
            InstantSource clock) {
        this.job = job;
        this.held = held;
        this.draft = draft;
        this.store = store;
        this.exports = exports;
        this.clock = clock;
    }

    @Override
    public void begin(List<Column> columns, long expected, Instant viewed) throws IOException {
        file = RowFile.begin(held.export().format(), columns, draft);
        total = expected;
        asOf = viewed;
        begun = clock.instant();
        tell(begun);
    }

    @Override
    public boolean row(@Nullable Object[] values) throws IOException, DoesNotFit {
        requireNonNull(file).write(values);
        rows++;
        Instant now = clock.instant();
        if (!now.isBefore(told.plus(TELL))) {
            tell(now);
        }
        return wanted;
    }

    private void tell(Instant now) {
        told = now;
        job.progress(rows, total);
        boolean ours =
                store.write(
                        handle ->
                                exports.progress(handle, held, rows, total, etaSeconds(now), asOf));
        wanted = ours && !job.stopping();
    }

    /// At the pace so far; null before there is one.
    private @Nullable Long etaSeconds(Instant now) {
        long millis = Duration.between(begun, now).toMillis();
        return rows == 0 || millis < TELL.toMillis()
                ? null
                : (long) Math.ceil((double) millis / rows * (total - rows) / 1000);
    }

    /// Writes the end of the file, if it was wanted to its end.
    ///
    /// @return whether the file is whole
    boolean whole() throws IOException {
        if (!wanted) {
            return false;
        }
        if (rows != total) {
            throw new IllegalStateException(
                    "%d rows were counted and %d read, from one view".formatted(total, rows));
        }
        requireNonNull(file).close();
        return true;
    }

    long rows() {
        return rows;
    }
}
