package dev.slipway.client.offline;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.Page;
import dev.slipway.api.events.Kind;
import dev.slipway.api.metrics.Interval;
import dev.slipway.client.http.Json;
import dev.slipway.client.http.Problem;
import dev.slipway.client.http.ProblemException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.function.Consumer;

/// What the console knows, in one SQLite file per backend: the only thing that screens read from.
///
/// Everything here blocks but [#observe] and [#connection].
public final class OfflineStore implements AutoCloseable {
    private static final int READERS = 2;
    private static final String UNFILLED = "intervals-unfilled-from";

    private final StoreFile file;
    private final Executor ui;
    private final InstantSource clock;
    private final ObjectMapper json = Json.mapper();
    private final ScheduledThreadPoolExecutor readers;
    private final List<Watch<?>> watches = new CopyOnWriteArrayList<>();
    private final Map<String, Problem> failures = new ConcurrentHashMap<>();
    private final Bound bound;
    private volatile ConnectionState connection = new ConnectionState.Connecting("");
    private volatile Instant heard;

    private OfflineStore(StoreFile file, long maxBytes, Executor ui, InstantSource clock) {
        this.file = file;
        this.ui = ui;
        this.clock = clock;
        this.bound = new Bound(file, maxBytes);
        this.readers =
                new ScheduledThreadPoolExecutor(
                        READERS,
                        work ->
                                Thread.ofPlatform()
                                        .daemon()
                                        .name("offline-reader")
                                        .unstarted(work));
        this.heard =
                file.read(shelved(shelf -> shelf.meta("heard")))
                        .map(Instant::parse)
                        .orElse(Instant.EPOCH);
    }

    /// Opens the file, or makes it. A damaged file is set aside.
    ///
    /// @param maxBytes the file's bound; the oldest goes first
    /// @param ui where consumers are called
    public static OfflineStore open(Path file, long maxBytes, Executor ui, InstantSource clock) {
        return new OfflineStore(StoreFile.open(file, clock), maxBytes, ui, clock);
    }

    /// Deletes a file that nobody has open, with all that SQLite has put beside it.
    public static void delete(Path file) throws IOException {
        for (String part : List.of("-wal", "-shm", "")) {
            Files.deleteIfExists(file.resolveSibling(file.getFileName() + part));
        }
    }

    /// Where a damaged file was moved, if there was one.
    public Optional<Path> setAside() {
        return Optional.ofNullable(file.aside());
    }

    public <T> Observation<T> observe(Query<T> query) {
        return consumer -> watch(query, consumer);
    }

    public <T> Observation<Listing<T>> observe(ListQuery<T> list) {
        return consumer -> watch(list.query(), consumer);
    }

    /// Reads once.
    public <T> LoadState<T> read(Query<T> query) {
        try {
            var found = file.read(shelved(query.read()::from));
            return found.isPresent() ? loaded(found.get()) : missing(query);
        } catch (StoreException e) {
            return new LoadState.Failed<>(new Problem.Bug("STORE", e.toString()));
        }
    }

    /// A page of a long list: asks for it, keeps it and gives all that is kept of the list.
    ///
    /// @param first whether it is the list's first page, which replaces what was kept
    public <T> Listing<T> load(ListQuery<T> list, boolean first, PageCall<T> call)
            throws ProblemException {
        Instant asked = clock.instant();
        Page<T> page;
        try {
            page = call.page();
        } catch (ProblemException e) {
            failures.put(list.key(), e.problem());
            changed(Set.of(list.key()));
            throw e;
        }
        failures.remove(list.key());
        var pen = new Pen(json, asked);
        Listing<T> all =
                file.write(
                        connection -> {
                            pen.keep(connection, list, first, page, clock.instant());
                            return new Shelf(connection, json).listing(list).orElseThrow().data();
                        });
        bound.grown(page.items().size() * 1024L);
        changed(Set.of(list.key(), list.kind()));
        return all;
    }

    /// Asks the backend for a page.
    @FunctionalInterface
    public interface PageCall<T> {
        Page<T> page() throws ProblemException;
    }

    /// Keeps what the stream brought, and how far it came, in one transaction.
    ///
    /// @param eventId the stream's position after it; null if it has none
    /// @return false if the store was begun anew meanwhile: it needs a snapshot first
    public boolean take(@Nullable String eventId, List<Document> documents) {
        var pen = new Pen(json, clock.instant());
        boolean taken = file.write(connection -> pen.take(connection, eventId, documents, heard));
        bound.grown(documents.size() * 1024L);
        changed(Pen.topics(documents));
        return taken;
    }

    /// Keeps a snapshot: what it lacks is gone.
    public void replace(Resume position, List<Document> documents) {
        var pen = new Pen(json, clock.instant());
        file.write(
                connection -> {
                    pen.replace(connection, position, documents, heard);
                    return position;
                });
        bound.grown(documents.size() * 1024L);
        changedAll();
    }

    /// Where the stream is to be resumed; empty if a snapshot is needed.
    public Optional<Resume> resume() {
        return file.read(
                shelved(
                        shelf -> {
                            var epoch = shelf.meta("epoch");
                            var event = shelf.meta("event");
                            return epoch.isPresent() && event.isPresent()
                                    ? Optional.of(new Resume(epoch.get(), event.get()))
                                    : Optional.empty();
                        }));
    }

    /// Keeps intervals; one that is there already is replaced.
    public void keepIntervals(List<Interval> intervals) {
        var pen = new Pen(json, clock.instant());
        file.write(connection -> pen.keepIntervals(connection, intervals));
        bound.grown(intervals.size() * 128L);
        changed(Set.of(Kind.INTERVAL.wire()));
    }

    /// From when on intervals must be asked for, because the stream was not heard since. It stays
    /// so, whatever the stream brings meanwhile, until [#intervalsFilled].
    public Instant intervalsMissingFrom() {
        return file.write(
                connection -> {
                    var shelf = new Shelf(connection, json);
                    var marked = shelf.meta(UNFILLED);
                    if (marked.isPresent()) {
                        return Instant.parse(marked.get());
                    }
                    Instant from = shelf.latestInterval().orElse(Instant.EPOCH);
                    Pen.meta(connection, UNFILLED, from.toString());
                    return from;
                });
    }

    public void intervalsFilled() {
        file.write(
                connection -> Sql.update(connection, "DELETE FROM meta WHERE key = ?", UNFILLED));
    }

    /// A PDF by its hash.
    public Optional<byte[]> pdf(String sha256) {
        var found = file.read(shelved(shelf -> shelf.pdf(sha256)));
        if (found.isPresent()) {
            file.write(connection -> Pen.used(connection, sha256, clock.millis()));
        }
        return found;
    }

    public void keepPdf(String sha256, byte[] bytes) {
        file.write(connection -> Pen.keepPdf(connection, sha256, bytes, clock.millis()));
        bound.grown(bytes.length);
    }

    /// How the console now stands to its backend: all data is as fresh as that.
    public void connection(ConnectionState state) {
        connection = state;
        changedAll();
    }

    public ConnectionState connection() {
        return connection;
    }

    /// Notes that the backend was heard now.
    public void heard(Instant at) {
        heard = at;
    }

    /// When the backend was last heard; the epoch of 1970 if never.
    public Instant heard() {
        return heard;
    }

    /// The size of the file.
    public long bytes() {
        return bound.bytes();
    }

    @Override
    public void close() {
        readers.shutdownNow();
        file.close();
    }

    private <T> Subscription watch(Query<T> query, Consumer<LoadState<T>> consumer) {
        var watch = new Watch<T>(query, () -> read(query), consumer, readers, ui, watches::remove);
        watches.add(watch);
        watch.changed();
        return watch;
    }

    private <T> LoadState<T> loaded(Query.Found<T> found) {
        Instant at = found.at() == null ? heard : found.at();
        return connection instanceof ConnectionState.Online
                ? new LoadState.Ready<>(found.data(), at)
                : new LoadState.Stale<>(found.data(), at);
    }

    private <T> LoadState<T> missing(Query<T> query) {
        for (String topic : query.topics()) {
            Problem problem = failures.get(topic);
            if (problem != null) {
                return new LoadState.Failed<>(problem);
            }
        }
        return switch (connection) {
            case ConnectionState.Online _, ConnectionState.Connecting _ ->
                    new LoadState.Loading<>();
            case ConnectionState.Offline _, ConnectionState.LogInNeeded _ -> new LoadState.Idle<>();
        };
    }

    private void changed(Set<String> topics) {
        for (Watch<?> watch : watches) {
            if (topics.stream().anyMatch(watch::reads)) {
                watch.changed();
            }
        }
    }

    private void changedAll() {
        watches.forEach(Watch::changed);
    }

    private interface Reading<T> {
        T from(Shelf shelf) throws SQLException;
    }

    private <T> StoreFile.Work<T> shelved(Reading<T> reading) {
        return connection -> reading.from(new Shelf(connection, json));
    }
}
