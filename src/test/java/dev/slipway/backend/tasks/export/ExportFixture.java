package dev.slipway.backend.tasks.export;

import dev.slipway.api.tasks.Export;
import dev.slipway.api.tasks.ExportFilter;
import dev.slipway.api.tasks.ExportFormat;
import dev.slipway.api.tasks.ExportOf;
import dev.slipway.api.tasks.StartExport;
import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.queues.JobContext;
import dev.slipway.backend.queues.SqlJobQueue;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.StateStore;
import dev.slipway.backend.tasks.export.file.Column;
import dev.slipway.backend.tasks.export.source.InvoiceSource;
import dev.slipway.backend.tasks.export.source.OrderQuery;
import dev.slipway.backend.tasks.export.source.OrderSource;
import dev.slipway.backend.tasks.export.source.RowSource;
import dev.slipway.config.Database;

import org.jdbi.v3.core.HandleCallback;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;

/// Exports over a state database of their own, whose jobs a test runs by hand.
final class ExportFixture implements AutoCloseable {
    static final Map<String, Column> SQLITE_TYPES =
            Map.of(
                    "ordered_at", Column.of("ordered_at", Column.Type.TIMESTAMP),
                    "ordered_on", Column.of("ordered_on", Column.Type.DATE),
                    "amount", Column.decimal("amount", 12, 2),
                    "gift", Column.of("gift", Column.Type.BOOLEAN));

    final StateStore store;
    final ExportStore exports;
    final ExportTurns turns;
    final ExportFiles files;
    final ExportService service;
    final ExportHandler handler;
    final ExportSweep sweep;
    final List<String> log = new ArrayList<>();

    ExportFixture(StateStore store, Path folder, RowSource orders, InstantSource clock) {
        this(store, folder, orders, new Writing.Pace(Duration.ofSeconds(1), clock));
    }

    ExportFixture(StateStore store, Path folder, RowSource orders, Writing.Pace pace) {
        InstantSource clock = pace.clock();
        var json = WireJson.mapper();
        this.store = store;
        var events = new EventLog(json, clock);
        exports = new ExportStore(json, events);
        turns = new ExportTurns(exports);
        files = new ExportFiles(folder);
        Map<ExportOf, RowSource> sources = new EnumMap<>(ExportOf.class);
        sources.put(ExportOf.ORDERS, orders);
        sources.put(ExportOf.INVOICES, new InvoiceSource(store, clock));
        service =
                new ExportService(
                        store,
                        exports,
                        files,
                        sources,
                        new SqlJobQueue(json, events, clock, new Random(1)),
                        clock);
        handler =
                new ExportHandler(
                        store, exports, turns, files, sources, Duration.ofHours(24), pace);
        sweep = sweep("ada's machine", files, clock);
    }

    /// The one of a server on some machine.
    ExportSweep sweep(String machine, ExportFiles folder, InstantSource clock) {
        var aged = new AgedExports(exports);
        return new ExportSweep(
                store, exports, aged, folder, new LostFiles(store, aged, folder, machine), clock);
    }

    static OrderSource sqlite(Path file) {
        return sqlite(file, InstantSource.system());
    }

    static OrderSource sqlite(Path file, InstantSource clock) {
        return source(
                new Database("jdbc:sqlite:" + file, "", ""), OrderShop.SQL, SQLITE_TYPES, clock);
    }

    static OrderSource source(Database database, Map<String, Column> types) {
        return source(database, OrderShop.SQL, types, InstantSource.system());
    }

    static OrderSource source(
            Database database, String sql, Map<String, Column> types, InstantSource clock) {
        return new OrderSource(new OrderQuery(database, sql, types, ZoneId.of("UTC")), clock);
    }

    String start(ExportFormat format, ExportFilter which) {
        return start(new StartExport(ExportOf.ORDERS, format, which));
    }

    String start(StartExport wanted) {
        return store.write(service.start(wanted, "a tester")::in).id();
    }

    /// Whether a write counted.
    boolean wrote(HandleCallback<Boolean, RuntimeException> write) {
        return store.write(write);
    }

    Export export(String id) {
        return service.export(id);
    }

    Path file(String id) {
        return files.path(String.valueOf(service.stored(id).file()));
    }

    /// Runs its job as a worker does.
    void run(String id, int attempt, BooleanSupplier stopping) throws Exception {
        handler.run(
                new JobContext() {
                    @Override
                    public String id() {
                        return "job of " + id;
                    }

                    @Override
                    public int attempt() {
                        return attempt;
                    }

                    @Override
                    public <T> T payload(Class<T> type) {
                        return type.cast(new ExportJob(id));
                    }

                    @Override
                    public void progress(long done, long total) {
                        log.add(done + "/" + total);
                    }

                    @Override
                    public long done() {
                        return 0;
                    }

                    @Override
                    public void log(String message) {
                        log.add(message);
                    }

                    @Override
                    public boolean stopping() {
                        return stopping.getAsBoolean();
                    }
                });
    }

    void run(String id) throws Exception {
        run(id, 1, () -> false);
    }

    @Override
    public void close() {
        sweep.close();
        store.close();
    }
}
