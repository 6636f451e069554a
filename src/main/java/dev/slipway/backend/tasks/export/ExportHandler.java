package dev.slipway.backend.tasks.export;

import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.ExportOf;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.queues.JobFailure;
import dev.slipway.backend.queues.JobHandler;
import dev.slipway.backend.store.StateStore;
import dev.slipway.backend.tasks.export.file.Column.DoesNotFit;
import dev.slipway.backend.tasks.export.file.DraftFile;
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

/// Writes an export. One that a worker left in the middle is begun again: to go on would mix two
/// moments of the database in one file. The file stands under its name only when it is whole, and
/// is an export's only when the state database says so.
final class ExportHandler implements JobHandler {
    private final StateStore store;
    private final ExportStore exports;
    private final ExportFiles files;
    private final Map<ExportOf, RowSource> sources;
    private final Duration keep;
    private final InstantSource clock;

    ExportHandler(
            StateStore store,
            ExportStore exports,
            ExportFiles files,
            Map<ExportOf, RowSource> sources,
            Duration keep,
            InstantSource clock) {
        this.store = store;
        this.exports = exports;
        this.files = files;
        this.sources = sources;
        this.keep = keep;
        this.clock = clock;
    }

    @Override
    public String type() {
        return ExportJob.TYPE;
    }

    @Override
    public void run(JobContext job) throws Exception {
        String id = job.payload(ExportJob.class).export();
        var begun = store.write(handle -> exports.begin(handle, id, clock.instant()));
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
            var writing = new Writing(job, held, draft, store, exports, clock);
            source.read(export.which(), writing);
            if (!writing.whole()) {
                stopped(job, held);
                return;
            }
            keep(job, held, draft, writing.rows());
        }
    }

    /// Cancelled, taken over, or the worker drains: the draft goes when it is closed.
    private void stopped(JobContext job, StoredExport held) {
        if (job.stopping()) {
            store.writing(handle -> exports.again(handle, held, null));
        } else {
            job.log("Stopped: it is no longer wanted, and nothing of it is kept.");
        }
    }

    private void keep(JobContext job, StoredExport held, DraftFile draft, long rows)
            throws IOException {
        String name = files.name(held);
        DraftFile.Kept kept = draft.keep(files.path(name));
        Instant now = clock.instant();
        boolean stands =
                store.write(
                        handle ->
                                exports.ready(handle, held, name, kept, rows, now, now.plus(keep)));
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
        store.writing(handle -> exports.failed(handle, held, why, clock.instant()));
        return new JobFailure(why, false, e);
    }

    private JobFailure later(JobContext job, StoredExport held, String why, Exception e) {
        if (job.attempt() >= ExportJob.ATTEMPTS) {
            return failed(held, why + ". It was tried " + job.attempt() + " times.", e);
        }
        String again = why + ". It is tried again.";
        store.writing(handle -> exports.again(handle, held, again));
        return new JobFailure(why, true, e);
    }

    private static String first(Exception e) {
        String text = String.valueOf(e.getMessage());
        return text.lines().findFirst().orElse(text);
    }
}
