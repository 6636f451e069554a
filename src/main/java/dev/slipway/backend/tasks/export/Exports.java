package dev.slipway.backend.tasks.export;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.tasks.ExportOf;
import dev.slipway.backend.http.AuditTrail;
import dev.slipway.backend.migration.RunDetails;
import dev.slipway.backend.queues.JobHandler;
import dev.slipway.backend.queues.JobQueue;
import dev.slipway.backend.schedules.Task;
import dev.slipway.backend.store.Events;
import dev.slipway.backend.store.StateStore;
import dev.slipway.backend.tasks.export.source.InvoiceSource;
import dev.slipway.backend.tasks.export.source.OrderSource;
import dev.slipway.backend.tasks.export.source.QuarantineSource;
import dev.slipway.backend.tasks.export.source.RowSource;
import dev.slipway.config.Configuration;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;

/// Everything that exports are made of, wired: one of it in each process that serves or works.
public final class Exports implements AutoCloseable {
    private static final Duration TELL = Duration.ofSeconds(1);

    private final ExportService service;
    private final ExportRoutes routes;
    private final ExportHandler handler;
    private final ExportSweep sweep;

    /// @param state the folder of the state database
    /// @param machine its name, told where its folder of exports is
    /// @throws dev.slipway.config.BadFile naming everything that is wrong in the configuration
    public Exports(
            Configuration configuration,
            Path state,
            String machine,
            StateStore store,
            Events events,
            JobQueue queue,
            AuditTrail audit,
            RunDetails runs,
            ObjectMapper json,
            InstantSource clock) {
        var settings = ExportSettings.read(configuration, state);
        var exports = new ExportStore(json, events);
        var aged = new AgedExports(exports);
        var files = new ExportFiles(settings.folder());
        var lost = new LostFiles(store, aged, files, machine);
        Map<ExportOf, RowSource> sources = new EnumMap<>(ExportOf.class);
        sources.put(ExportOf.INVOICES, new InvoiceSource(store, clock));
        sources.put(ExportOf.QUARANTINE, new QuarantineSource(runs, clock));
        settings.orders()
                .ifPresent(query -> sources.put(ExportOf.ORDERS, new OrderSource(query, clock)));
        service = new ExportService(store, exports, files, sources, queue, clock);
        routes = new ExportRoutes(service, files, lost, store, audit, clock);
        var pace = new Writing.Pace(TELL, clock);
        handler =
                new ExportHandler(
                        store,
                        exports,
                        new ExportTurns(exports),
                        files,
                        sources,
                        settings.keep(),
                        pace);
        sweep = new ExportSweep(store, exports, aged, files, lost, clock);
    }

    public ExportService service() {
        return service;
    }

    public ExportRoutes routes() {
        return routes;
    }

    /// For schedules.
    public Task task() {
        return new ExportTask(service);
    }

    public JobHandler handler() {
        return handler;
    }

    /// Begins to delete what has expired; a server does, a worker doesn't.
    public void start() {
        sweep.start();
    }

    @Override
    public void close() {
        sweep.close();
    }
}
