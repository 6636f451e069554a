package dev.slipway.backend.tasks.export;

import dev.slipway.api.Page;
import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;
import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.ExportOf;
import dev.slipway.api.tasks.ExportState;
import dev.slipway.api.tasks.StartExport;
import dev.slipway.backend.http.Effect;
import dev.slipway.backend.http.Refused;
import dev.slipway.backend.queues.JobQueue;
import dev.slipway.backend.queues.JobQueue.NewJob;
import dev.slipway.backend.store.StateStore;
import dev.slipway.backend.tasks.export.source.RowSource;

import org.jdbi.v3.core.Handle;

import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/// What people may do with exports.
public final class ExportService {
    private static final int MOST_OPEN = 50;
    private static final int IN_SNAPSHOT = 100;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final StateStore store;
    private final ExportStore exports;
    private final ExportFiles files;
    private final Map<ExportOf, RowSource> sources;
    private final JobQueue queue;
    private final InstantSource clock;

    ExportService(
            StateStore store,
            ExportStore exports,
            ExportFiles files,
            Map<ExportOf, RowSource> sources,
            JobQueue queue,
            InstantSource clock) {
        this.store = store;
        this.exports = exports;
        this.files = files;
        this.sources = sources;
        this.queue = queue;
        this.clock = clock;
    }

    /// Asks for an export.
    ///
    /// @throws Refused 400 if the filter makes no sense, 404 or 503 if its run can't be read, 409
    ///   if orders are not configured or too many exports are open
    public Effect<Export> start(StartExport wanted, String user) {
        check(wanted);
        return Effect.of(handle -> start(handle, wanted, user));
    }

    /// Asks for an export inside a transaction, as a schedule does; the filter was checked.
    public Export start(Handle handle, StartExport wanted, String user) {
        if (exports.open(handle) >= MOST_OPEN) {
            throw Refused.conflict(
                    MOST_OPEN
                            + " exports are waiting or being written; nothing was started. Cancel"
                            + " some, or wait.");
        }
        Instant now = clock.instant();
        String id = UUID.randomUUID().toString();
        String what = wanted.what().name().toLowerCase(Locale.ROOT);
        String name = what + "-" + STAMP.format(now) + "." + wanted.format().ending();
        exports.add(handle, id, wanted, user, name, now);
        String job =
                queue.publish(
                        handle,
                        new NewJob(
                                ExportJob.QUEUE,
                                ExportJob.TYPE,
                                "export of " + what + " as " + wanted.format().ending(),
                                "export/" + id,
                                new ExportJob(id),
                                ExportJob.ATTEMPTS));
        return exports.carriedBy(handle, id, job);
    }

    /// @throws Refused as [#start] does
    public void check(StartExport wanted) {
        RowSource source = sources.get(wanted.what());
        if (source == null) {
            throw new Refused(
                    409,
                    "not-configured",
                    "Orders can't be exported: the configuration file has no 'orders' in its"
                            + " section 'exports'.",
                    List.of());
        }
        source.check(wanted.which());
    }

    public Export export(String id) {
        return store.read(handle -> stored(handle, id)).export();
    }

    StoredExport stored(String id) {
        return store.read(handle -> stored(handle, id));
    }

    /// The newest first.
    ///
    /// @param after the `next` of the page before, or empty
    Page<Export> page(String after, int limit) {
        long at = Long.MAX_VALUE;
        String id = "";
        if (!after.isEmpty()) {
            try {
                int bar = after.indexOf('|');
                at = Long.parseLong(after.substring(0, Math.max(0, bar)));
                id = after.substring(bar + 1);
            } catch (NumberFormatException e) {
                throw Refused.badRequest("after", "Not a cursor that this list gave.");
            }
        }
        long before = at;
        String beforeId = id;
        List<Export> found =
                store.read(handle -> exports.before(handle, before, beforeId, limit + 1));
        boolean more = found.size() > limit;
        List<Export> shown = more ? found.subList(0, limit) : found;
        String next =
                more
                        ? shown.getLast().createdAt().toEpochMilli() + "|" + shown.getLast().id()
                        : null;
        return new Page<>(shown, next, null);
    }

    /// Stops one that is not ready yet. A worker that writes it stops within a second or two. One
    /// that was cancelled already stays so.
    public Effect<Export> cancel(String id, String reason, String user) {
        return Effect.of(
                handle -> {
                    Export before = stored(handle, id).export();
                    String why =
                            "Cancelled by "
                                    + user
                                    + (reason.isBlank() ? "." : ": " + reason.strip());
                    if (!exports.cancel(handle, id, why, clock.instant())
                            && before.state() != ExportState.CANCELLED) {
                        throw Refused.conflict(
                                "The export is %s; nothing was changed."
                                        .formatted(before.state().name().toLowerCase(Locale.ROOT)));
                    }
                    return stored(handle, id).export();
                });
    }

    /// Forgets one and deletes its file.
    public Effect<Export> delete(String id) {
        var last = new AtomicReference<Export>();
        return Effect.of(
                        handle -> {
                            Export export = stored(handle, id).export();
                            if (export.state().open()) {
                                throw Refused.conflict(
                                        "The export is not ended; nothing was changed. Cancel it"
                                                + " first.");
                            }
                            exports.delete(handle, id);
                            last.set(export);
                            return export;
                        })
                .then(
                        () -> {
                            // what can't be deleted now (someone reads it) the sweep deletes
                            files.clear(id);
                            return last.get();
                        });
    }

    /// The newest, for a console that starts.
    public List<Change> snapshot() {
        List<Export> newest =
                store.read(handle -> exports.before(handle, Long.MAX_VALUE, "", IN_SNAPSHOT));
        Instant now = clock.instant();
        return newest.stream()
                .map(export -> new Change(Kind.EXPORT.wire(), export.id(), now, export))
                .toList();
    }

    private StoredExport stored(Handle handle, String id) {
        return exports.find(handle, id).orElseThrow(() -> Refused.notFound("export", id));
    }
}
