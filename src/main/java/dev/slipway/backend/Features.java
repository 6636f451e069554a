package dev.slipway.backend;

import dev.slipway.api.metrics.Pool;
import dev.slipway.backend.brokers.BrokerRoutes;
import dev.slipway.backend.brokers.BrokerService;
import dev.slipway.backend.edge.Edge;
import dev.slipway.backend.http.Routes;
import dev.slipway.backend.invoicing.InvoiceRoutes;
import dev.slipway.backend.invoicing.Invoicing;
import dev.slipway.backend.launch.EdgeRouter;
import dev.slipway.backend.launch.LaunchRoutes;
import dev.slipway.backend.launch.LaunchService;
import dev.slipway.backend.launch.NoRouter;
import dev.slipway.backend.launch.Router;
import dev.slipway.backend.launch.Traffic;
import dev.slipway.backend.metrics.CacheWatch;
import dev.slipway.backend.metrics.EdgeScraper;
import dev.slipway.backend.metrics.Metrics;
import dev.slipway.backend.metrics.MetricsRoutes;
import dev.slipway.backend.metrics.MetricsStore;
import dev.slipway.backend.metrics.Recent;
import dev.slipway.backend.metrics.ShopProcesses;
import dev.slipway.backend.migration.MigrationHandler;
import dev.slipway.backend.migration.MigrationRoutes;
import dev.slipway.backend.migration.MigrationService;
import dev.slipway.backend.migration.MigrationSettings;
import dev.slipway.backend.migration.MigrationStore;
import dev.slipway.backend.migration.Orphans;
import dev.slipway.backend.migration.PlanFolder;
import dev.slipway.backend.migration.QuarantineRoutes;
import dev.slipway.backend.migration.ReplayHandler;
import dev.slipway.backend.migration.RunDetails;
import dev.slipway.backend.migration.SyncHandler;
import dev.slipway.backend.migration.SyncRoutes;
import dev.slipway.backend.migration.SyncService;
import dev.slipway.backend.migration.SyncStore;
import dev.slipway.backend.migration.throttle.Gauge;
import dev.slipway.backend.queues.HoldRoutes;
import dev.slipway.backend.queues.HoldService;
import dev.slipway.backend.queues.HoldWatch;
import dev.slipway.backend.queues.JobHandler;
import dev.slipway.backend.queues.QueueRoutes;
import dev.slipway.backend.queues.QueueService;
import dev.slipway.backend.queues.QueueWatch;
import dev.slipway.backend.queues.WorkerSettings;
import dev.slipway.backend.queues.repair.RepairRoutes;
import dev.slipway.backend.queues.repair.RepairRunner;
import dev.slipway.backend.queues.repair.RepairService;
import dev.slipway.backend.queues.repair.RepairStore;
import dev.slipway.backend.schedules.AuditCheck;
import dev.slipway.backend.schedules.ScheduleRoutes;
import dev.slipway.backend.schedules.ScheduleSettings;
import dev.slipway.backend.schedules.Schedules;
import dev.slipway.backend.schedules.Task;
import dev.slipway.backend.schedules.Tasks;
import dev.slipway.backend.stream.SnapshotSource;
import dev.slipway.backend.tasks.cost.CostRoutes;
import dev.slipway.backend.tasks.export.Exports;
import dev.slipway.backend.tasks.picture.Pictures;
import dev.slipway.backend.tasks.pool.OnDemand;
import dev.slipway.backend.tasks.pool.PoolRoutes;
import dev.slipway.backend.tasks.pool.PoolSettings;
import dev.slipway.backend.tasks.pool.Starter;
import dev.slipway.config.Configuration;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The features, each wired by one method: its routes, its part of the snapshot, its jobs, and what
/// it does in the server by itself.
final class Features implements AutoCloseable {
    private static final Duration JOBS_KEPT = Duration.ofDays(14);
    private static final Duration LEASE = WorkerSettings.standard(1).lease();

    /// The one entry point; a worker is started by it.
    private static final String MAIN = "dev.slipway.Slipway";

    final List<Routes> routes = new ArrayList<>();
    final List<SnapshotSource> snapshots = new ArrayList<>();
    final List<JobHandler> handlers = new ArrayList<>();
    final List<Task> tasks = new ArrayList<>();
    private final List<Runnable> starts = new ArrayList<>();
    private final List<Runnable> ends = new ArrayList<>();
    private final List<String> onDemand = new ArrayList<>();
    private final Foundation base;

    /// @param worker names this process among those that run jobs
    Features(Foundation base, Configuration configuration, Path home, String worker) {
        this.base = base;
        queues();
        repairs(worker);
        metricsAndLaunch(Edge.read(configuration), ShopProcesses.read(configuration));
        RunDetails runs = migration(MigrationSettings.read(configuration, home), worker);
        invoicing(configuration);
        exports(configuration, worker, runs);
        pictures(configuration);
        workers(configuration, home);
        schedules(configuration);
        brokers(configuration);
    }

    /// Types of job that workers look for in the state database even where a broker carries jobs.
    List<String> besideTheBroker() {
        var resident = handlers.stream().filter(JobHandler::resident).map(JobHandler::type);
        return Stream.concat(resident, onDemand.stream()).distinct().sorted().toList();
    }

    /// Begins what the server does by itself; a worker process doesn't.
    void start() {
        starts.forEach(Runnable::run);
    }

    @Override
    public void close() {
        ends.reversed().forEach(Runnable::run);
    }

    private void queues() {
        var queues = new QueueService(base.store, base.events, base.time, LEASE);
        var watch = new QueueWatch(base.store, base.events, base.time, LEASE, JOBS_KEPT);
        routes.add(new QueueRoutes(queues));
        snapshots.add(queues::snapshot);
        var holding = new HoldService(base.store, base.events, base.holds, base.time);
        var holdWatch = new HoldWatch(base.store, base.holds, base.events, base.audit, base.time);
        routes.add(new HoldRoutes(holding));
        snapshots.add(holding::snapshot);
        starts.add(holdWatch::start);
        ends.add(holdWatch::close);
        starts.add(watch::start);
        ends.add(watch::close);
    }

    /// Every backend takes part in the repairs, under a name of its own.
    private void repairs(String name) {
        var repairs = new RepairStore(base.json, base.events);
        var service = new RepairService(base.store, repairs, base.holds, base.time);
        var runner =
                new RepairRunner(
                        name + "-" + ProcessHandle.current().pid(),
                        base.store,
                        repairs,
                        base.holds,
                        base.audit,
                        base.time);
        routes.add(new RepairRoutes(service));
        snapshots.add(service::snapshot);
        starts.add(runner::start);
        ends.add(runner::close);
    }

    /// The launch looks at the traffic that the metrics measure.
    private void metricsAndLaunch(Optional<Edge> edge, List<URI> shops) {
        var measurements = MetricsStore.at(base.settings.state());
        var metrics = new Metrics(measurements, base.stream);
        var caches = new CacheWatch(shops, base.stream, base.json, base.clock);
        routes.add(new MetricsRoutes(metrics, caches));
        snapshots.add(metrics::snapshot);
        snapshots.add(caches::snapshot);
        starts.add(caches::start);
        ends.add(caches::close);
        ends.add(measurements::close);
        edge.map(e -> new EdgeScraper(e, metrics, measurements, base.json))
                .ifPresent(
                        scraper -> {
                            starts.add(scraper::start);
                            ends.add(scraper::close);
                        });

        var router = edge.<Router>map(e -> new EdgeRouter(e, base.json)).orElseGet(NoRouter::new);
        var launch =
                new LaunchService(
                        base.store, base.events, router, () -> traffic(metrics), base.clock);
        routes.add(new LaunchRoutes(launch));
        snapshots.add(launch::snapshot);
        starts.add(launch::start);
        ends.add(launch::close);
    }

    private RunDetails migration(MigrationSettings settings, String worker) {
        var plans = new PlanFolder(settings);
        var runs = new MigrationStore(base.json, base.events);
        var service = new MigrationService(base.store, runs, base.queue, plans, base.clock);
        var details = new RunDetails(base.store, runs, plans);
        routes.add(new MigrationRoutes(service, details));
        routes.add(QuarantineRoutes.of(base.store, runs, base.queue, plans, base.clock, details));
        snapshots.add(service::snapshot);
        Gauge pages = legacyPages();
        handlers.add(
                new MigrationHandler(
                        base.store, runs, base.events, plans, base.clock, worker, pages));
        handlers.add(new ReplayHandler(base.store, runs, base.events, plans, base.clock, pages));
        var syncs = new SyncStore(base.json, base.events);
        var sync = new SyncService(base.store, runs, syncs, base.queue, base.clock);
        routes.add(new SyncRoutes(sync));
        snapshots.add(sync::snapshot);
        handlers.add(new SyncHandler(base.store, runs, syncs, plans, base.clock, pages));
        var orphans = new Orphans(base.store, runs, syncs, base.queue, base.clock);
        starts.add(orphans::start);
        ends.add(orphans::close);
        return details;
    }

    private void pictures(Configuration configuration) {
        var pictures =
                new Pictures(
                        configuration,
                        base.settings.state(),
                        base.store,
                        base.events,
                        base.queue,
                        base.json,
                        base.clock);
        routes.add(pictures.routes());
        snapshots.add(pictures.snapshot());
        pictures.handler().ifPresent(handlers::add);
        starts.add(pictures::start);
        ends.add(pictures::close);
    }

    /// Workers on demand, and what all jobs cost.
    private void workers(Configuration configuration, Path home) {
        routes.add(new CostRoutes(base.store, base.clock));
        var settingsOfPool = PoolSettings.read(configuration);
        settingsOfPool.map(PoolSettings::types).ifPresent(onDemand::addAll);
        var pool =
                settingsOfPool.map(
                        settings ->
                                new OnDemand(
                                        settings,
                                        base.store,
                                        base.events,
                                        Starter.of(MAIN, home, configuration.file()),
                                        base.time));
        routes.add(new PoolRoutes(pool, base.time));
        pool.ifPresent(
                made -> {
                    snapshots.add(made::snapshot);
                    starts.add(made::start);
                    ends.add(made::close);
                });
    }

    private void exports(Configuration configuration, String machine, RunDetails runs) {
        var exports =
                new Exports(
                        configuration,
                        base.settings.state(),
                        machine,
                        base.store,
                        base.events,
                        base.queue,
                        base.audit,
                        runs,
                        base.json,
                        base.clock);
        routes.add(exports.routes());
        snapshots.add(exports.service()::snapshot);
        handlers.add(exports.handler());
        tasks.add(exports.task());
        starts.add(exports::start);
        ends.add(exports::close);
    }

    /// What the edge measures of the legacy shop's pages, wherever this process is: by the store.
    private Gauge legacyPages() {
        var measurements = MetricsStore.at(base.settings.state());
        ends.add(measurements::close);
        var recent = new Recent(measurements);
        return () -> {
            try {
                return recent.p95Millis(Pool.LEGACY, base.clock.instant());
            } catch (Recent.TooFew e) {
                throw new Gauge.Unknown(String.valueOf(e.getMessage()));
            }
        };
    }

    private void invoicing(Configuration configuration) {
        var invoicing =
                Invoicing.of(
                        configuration,
                        base.store,
                        base.settings.state(),
                        base.events,
                        base.queue,
                        base.json,
                        base.clock);
        routes.add(new InvoiceRoutes(invoicing.map(Invoicing::service)));
        invoicing.map(Invoicing::snapshot).ifPresent(snapshots::add);
        invoicing.map(Invoicing::handlers).ifPresent(handlers::addAll);
        invoicing.map(Invoicing::draftTask).ifPresent(tasks::add);
    }

    /// The last: it schedules the tasks that the other features give.
    private void schedules(Configuration configuration) {
        var auditCheck = new AuditCheck(base.queue, base.audit);
        handlers.add(auditCheck);
        tasks.add(auditCheck);
        var known = new Tasks(tasks);
        var configured = ScheduleSettings.read(configuration, known);
        var schedules = new Schedules(base.store, base.events, base.json, known, base.clock);
        routes.add(new ScheduleRoutes(schedules));
        snapshots.add(schedules.service()::snapshot);
        var scheduler = schedules.scheduler(System::nanoTime);
        starts.add(() -> schedules.addConfigured(configured));
        starts.add(scheduler::start);
        ends.add(scheduler::close);
    }

    /// The shop's own brokers, as far as the configuration names any.
    private void brokers(Configuration configuration) {
        var brokers = new BrokerService(configuration, base.queue, base.stream, base.clock);
        routes.add(new BrokerRoutes(brokers));
        snapshots.add(brokers::snapshot);
        handlers.add(brokers.handler());
        starts.add(brokers::start);
        ends.add(brokers::close);
    }

    private Traffic traffic(Metrics metrics) {
        Instant now = base.clock.instant();
        return new Traffic(metrics.lastMinute(Pool.LEGACY, now), metrics.lastMinute(Pool.NEW, now));
    }
}
