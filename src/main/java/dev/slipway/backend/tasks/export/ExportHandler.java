package dev.slipway.backend.tasks.export;

import static java.lang.System.Logger.Level.WARNING;

import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.ExportOf;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.queues.JobFailure;
import dev.slipway.backend.queues.JobHandler;
import dev.slipway.backend.store.StateStore;
import dev.slipway.backend.tasks.export.file.Column.DoesNotFit;
import dev.slipway.backend.tasks.export.file.DraftFile;
import dev.slipway.backend.tasks.export.file.Parted;
import dev.slipway.backend.tasks.export.source.Cell.WrongValue;
import dev.slipway.backend.tasks.export.source.RowSource;

import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;

/// Writes an export. One that a worker left in the middle is gone on with from the last piece that
/// is safe, if the piece is what it was and its last row still stands at its place; or else it is
/// begun again. Rows of a second view are told as such: `lastAsOf`. The file stands under its name
/// only when it is whole, and is an export's only when the state database says so.
final class ExportHandler implements JobHandler {
    private static final System.Logger LOG = System.getLogger(ExportHandler.class.getName());
    private final StateStore store;
    private final ExportStore exports;
    private final ExportTurns turns;
    private final ExportFiles files;
    private final Map<ExportOf, RowSource> sources;
    private final Duration keep;
    private final Writing.Pace pace;
    private final InstantSource clock;

    /// @param pace how often it tells how far it is, and makes that safe
    ExportHandler(
            StateStore store,
            ExportStore exports,
            ExportTurns turns,
            ExportFiles files,
            Map<ExportOf, RowSource> sources,
            Duration keep,
            Writing.Pace pace) {
        this.store = store;
        this.exports = exports;
        this.turns = turns;
        this.files = files;
        this.sources = sources;
        this.keep = keep;
        this.pace = pace;
        this.clock = pace.clock();
    }

    @Override
    public String type() {
        return ExportJob.TYPE;
    }

    @Override
    public void run(JobContext job) throws Exception {
        String id = job.payload(ExportJob.class).export();
        var begun = store.write(handle -> turns.begin(handle, id, clock.instant()));
        if (begun.isEmpty()) {
            job.log("There is nothing to write: it was cancelled, deleted or is ready.");
            return;
        }
        StoredExport held = begun.get();
        try {
            write(job, held);
        } catch (DoesNotFit | WrongValue e) {
            throw failed(held, "A row can't be exported as it is: " + e.getMessage(), e);
        } catch (Refused e) {
            throw failed(held, String.valueOf(e.getMessage()), e);
        } catch (IOException e) {
            throw unwritten(job, held, e);
        } catch (SQLException | JdbiException e) {
            throw later(job, held, "Its database does not answer: " + first(e), e);
        }
    }

    private void write(JobContext job, StoredExport held)
            throws IOException, SQLException, DoesNotFit, JobFailure {
        Export export = held.export();
        RowSource source = sources.get(export.what());
        if (source == null) {
            throw failed(held, "This worker's configuration knows no orders to export.", null);
        }
        try (DraftFile draft = files.draft(held)) {
            Writing writing = read(job, held, source, draft);
            if (!writing.whole()) {
                stopped(job, held, draft);
                return;
            }
            var parted = writing.parted();
            if (parted.isPresent()) {
                join(job, held, parted.get(), draft, writing.rows());
            } else {
                keep(job, held, draft, writing.rows());
            }
        }
    }

    /// What was safe of the parts stays until the whole file stands.
    private void join(JobContext job, StoredExport held, Parted parts, DraftFile draft, long rows)
            throws IOException {
        try (DraftFile whole = files.joined(held)) {
            parts.join(whole);
            keep(job, held, whole, rows);
        }
        if (!open(held)) {
            draft.restart();
        }
    }

    private Writing read(JobContext job, StoredExport held, RowSource source, DraftFile draft)
            throws IOException, SQLException, DoesNotFit {
        Piece piece = held.piece();
        if (piece != null) {
            try {
                return goOn(job, held, piece, source, draft);
            } catch (Changed e) {
                job.log("Begins again: " + e.getMessage() + ".");
                forget(held, piece);
                draft.restart();
            }
        }
        var writing = writing(job, held, null, source, draft);
        source.read(held.export().which(), 0, writing);
        return writing;
    }

    /// The row before is read again, to see that it is still there.
    private Writing goOn(
            JobContext job, StoredExport held, Piece piece, RowSource source, DraftFile draft)
            throws IOException, SQLException, DoesNotFit {
        takeOver(held, piece, draft);
        var writing = writing(job, held, piece, source, draft);
        source.read(held.export().which(), piece.rows() - 1, writing);
        return writing;
    }

    /// While it is copied it takes up twice its room: a disk that has not so much has room for a
    /// new one, once the old one is gone.
    private void takeOver(StoredExport held, Piece piece, DraftFile draft) throws Changed {
        try {
            if (files.take(piece, draft)) {
                safe(held, piece, draft);
                return;
            }
        } catch (IOException e) {
            throw new Changed(e);
        }
        throw new Changed(piece.rows());
    }

    private void forget(StoredExport held, Piece piece) throws IOException {
        if (store.write(handle -> turns.left(handle, held, null))) {
            Files.deleteIfExists(files.path(piece.file()));
        }
    }

    /// Only when the copy is safe the other worker's file may go.
    private void safe(StoredExport held, Piece piece, DraftFile draft) throws IOException {
        draft.durable();
        var copy =
                new Piece(draft.name(), piece.bytes(), piece.sha256(), piece.rows(), piece.last());
        if (store.write(handle -> turns.left(handle, held, copy))) {
            Files.deleteIfExists(files.path(piece.file()));
        }
    }

    private Writing writing(
            JobContext job,
            StoredExport held,
            @Nullable Piece from,
            RowSource source,
            DraftFile draft) {
        return new Writing(job, held, from, source.query(), draft, store, turns, pace);
    }

    /// Cancelled, taken over, or the worker drains. What is safe is left to whoever goes on.
    private void stopped(JobContext job, StoredExport held, DraftFile draft) throws IOException {
        if (job.stopping()) {
            store.writing(handle -> turns.again(handle, held, null));
            return;
        }
        if (!open(held)) {
            draft.restart();
            job.log("Stopped: it is no longer wanted, and nothing of it is kept.");
        }
    }

    /// Whether someone still writes it.
    private boolean open(StoredExport held) {
        String id = held.export().id();
        return store.read(handle -> exports.find(handle, id))
                .map(now -> now.export().state().open())
                .orElse(false);
    }

    private void keep(JobContext job, StoredExport held, DraftFile draft, long rows)
            throws IOException {
        String name = files.name(held);
        DraftFile.Kept kept = draft.keep(files.path(name));
        Instant now = clock.instant();
        boolean stands =
                store.write(
                        handle -> turns.ready(handle, held, name, kept, rows, now, now.plus(keep)));
        if (!stands) {
            Files.deleteIfExists(files.path(name));
            return;
        }
        job.progress(rows, rows);
        job.log(
                String.format(
                        Locale.ROOT,
                        "%,d rows, %,d bytes, SHA-256 %s",
                        rows,
                        kept.bytes(),
                        kept.sha256()));
    }

    private JobFailure unwritten(JobContext job, StoredExport held, IOException e) {
        String folder = files.folder().toString();
        if (full(e)) {
            return failed(
                    held,
                    "The disk of the folder "
                            + folder
                            + " is full. Nothing of the file is kept. Make room or choose fewer"
                            + " rows, then start it again.",
                    e);
        }
        return later(job, held, "The file can't be written to " + folder + ": " + first(e), e);
    }

    private static boolean full(IOException e) {
        String text = e instanceof FileSystemException at ? at.getReason() : e.getMessage();
        return text != null
                && (text.contains("No space left")
                        || text.contains("not enough space")
                        || text.contains("quota exceeded"));
    }

    private JobFailure failed(StoredExport held, String why, @Nullable Exception e) {
        if (store.write(handle -> turns.failed(handle, held, why, clock.instant()))) {
            forget(held);
        }
        return new JobFailure(why, false, e);
    }

    private void forget(StoredExport held) {
        try {
            files.clear(held.export().id());
        } catch (IOException e) {
            // the sweep deletes what no export names
            LOG.log(WARNING, "what was written of an export is not deleted yet", e);
        }
    }

    private JobFailure later(JobContext job, StoredExport held, String why, Exception e) {
        if (job.attempt() >= ExportJob.ATTEMPTS) {
            return failed(held, why + ". It was tried " + job.attempt() + " times.", e);
        }
        String again = why + ". It is tried again.";
        store.writing(handle -> turns.again(handle, held, again));
        return new JobFailure(why, true, e);
    }

    private static String first(Exception e) {
        String text = String.valueOf(e.getMessage());
        return text.lines().findFirst().orElse(text);
    }
}
