package dev.slipway.backend.tasks.export;

import static java.util.Objects.requireNonNull;

import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.store.StateStore;
import dev.slipway.backend.tasks.export.file.Column;
import dev.slipway.backend.tasks.export.file.Column.DoesNotFit;
import dev.slipway.backend.tasks.export.file.DraftFile;
import dev.slipway.backend.tasks.export.file.Parted;
import dev.slipway.backend.tasks.export.file.RowFile;
import dev.slipway.backend.tasks.export.source.RowSink;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One worker's writing of an export: passes rows on, and once a second tells how far it is and
/// makes sure, where the form allows it there, that another worker could go on. One that goes on
/// itself is given the last row of the piece again, to see that it is still the same one at the
/// same place.
final class Writing implements RowSink {
    private final JobContext job;
    private final StoredExport held;
    private final @Nullable Piece from;
    private final String query;
    private final DraftFile draft;
    private final StateStore store;
    private final ExportTurns turns;
    private final Pace pace;
    private @Nullable RowFile file;
    private List<Column> columns = List.of();
    private Instant asOf = Instant.EPOCH;
    private Instant begun = Instant.EPOCH;
    private Instant told = Instant.EPOCH;
    private @Nullable Object[] last = {};
    private long total;
    private long rows;
    private boolean met;
    private boolean wanted = true;

    /// How often it tells.
    record Pace(Duration every, InstantSource clock) {}

    /// @param from what it goes on with, already in the draft; or null
    /// @param query what its source reads by
    Writing(
            JobContext job,
            StoredExport held,
            @Nullable Piece from,
            String query,
            DraftFile draft,
            StateStore store,
            ExportTurns turns,
            Pace pace) {
        this.job = job;
        this.held = held;
        this.from = from;
        this.query = query;
        this.draft = draft;
        this.store = store;
        this.turns = turns;
        this.pace = pace;
        this.met = from == null;
        this.rows = from == null ? 0 : from.rows();
    }

    @Override
    public void begin(List<Column> all, long expected, Instant viewed) throws IOException {
        if (expected < rows) {
            throw new Changed(rows);
        }
        columns = all;
        total = expected;
        asOf = viewed;
        begun = pace.clock().instant();
        if (from == null) {
            file = RowFile.begin(held.export().format(), all, draft);
            tell(begun);
        }
    }

    @Override
    public boolean skipped() {
        wanted = !job.stopping();
        return wanted;
    }

    @Override
    public boolean row(@Nullable Object[] values) throws IOException, DoesNotFit {
        if (!met) {
            goOn(values);
            return wanted;
        }
        requireNonNull(file).write(values);
        rows++;
        last = values;
        Instant now = pace.clock().instant();
        if (!now.isBefore(told.plus(pace.every()))) {
            tell(now);
        }
        return wanted;
    }

    /// @throws Changed before anything is written
    private void goOn(@Nullable Object[] values) throws IOException {
        if (!RowMark.of(query, columns, values).equals(requireNonNull(from).last())) {
            throw new Changed(rows);
        }
        met = true;
        last = values;
        file = RowFile.goOn(held.export().format(), columns, draft, rows);
        job.log(String.format(Locale.ROOT, "Goes on behind row %,d.", rows));
        tell(begun);
    }

    private void tell(Instant now) throws IOException {
        told = now;
        job.progress(rows, total);
        Piece piece = piece();
        Instant first = from == null ? null : held.export().asOf();
        var far =
                first == null
                        ? new HowFar(rows, total, etaSeconds(now), asOf, null)
                        : new HowFar(rows, total, etaSeconds(now), first, asOf);
        boolean ours =
                store.write(
                        handle ->
                                turns.progress(handle, held, far)
                                        && (piece == null || turns.left(handle, held, piece)));
        wanted = ours && !job.stopping();
    }

    /// What is safe by now, if the form allows to go on from here.
    private @Nullable Piece piece() throws IOException {
        if (last.length == 0 || !requireNonNull(file).settle()) {
            return null;
        }
        DraftFile.Kept safe = draft.durable();
        return new Piece(
                draft.name(), safe.bytes(), safe.sha256(), rows, RowMark.of(query, columns, last));
    }

    /// At the pace so far; null before there is one.
    private @Nullable Long etaSeconds(Instant now) {
        long millis = Duration.between(begun, now).toMillis();
        long written = rows - (from == null ? 0 : from.rows());
        return written == 0 || millis < 1_000
                ? null
                : (long) Math.ceil((double) millis / written * (total - rows) / 1000);
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

    /// What is to be put together before it is whole; empty if the draft is.
    Optional<Parted> parted() {
        return file instanceof Parted parts ? Optional.of(parts) : Optional.empty();
    }

    long rows() {
        return rows;
    }
}
