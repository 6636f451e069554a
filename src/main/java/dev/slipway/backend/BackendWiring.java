package dev.slipway.backend;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.Health;
import dev.slipway.api.access.Role;
import dev.slipway.api.access.Session;
import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;
import dev.slipway.api.metrics.Pool;
import dev.slipway.backend.access.AccessRoutes;
import dev.slipway.backend.access.AccessService;
import dev.slipway.backend.access.AuditLog;
import dev.slipway.backend.access.Sessions;
import dev.slipway.backend.edge.Edge;
import dev.slipway.backend.http.Commands;
import dev.slipway.backend.http.HealthRoutes;
import dev.slipway.backend.http.HttpServer;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;
import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.invoicing.InvoiceRoutes;
import dev.slipway.backend.invoicing.Invoicing;
import dev.slipway.backend.launch.EdgeRouter;
import dev.slipway.backend.launch.LaunchRoutes;
import dev.slipway.backend.launch.LaunchService;
import dev.slipway.backend.launch.NoRouter;
import dev.slipway.backend.launch.Router;
import dev.slipway.backend.launch.Traffic;
import dev.slipway.backend.metrics.EdgeScraper;
import dev.slipway.backend.metrics.Metrics;
import dev.slipway.backend.metrics.MetricsRoutes;
import dev.slipway.backend.metrics.MetricsStore;
import dev.slipway.backend.migration.MigrationHandler;
import dev.slipway.backend.migration.MigrationRoutes;
import dev.slipway.backend.migration.MigrationService;
import dev.slipway.backend.migration.MigrationSettings;
import dev.slipway.backend.migration.MigrationStore;
import dev.slipway.backend.migration.PlanFolder;
import dev.slipway.backend.migration.RunDetails;
import dev.slipway.backend.openapi.OpenApiRoutes;
import dev.slipway.backend.queues.JobHandler;
import dev.slipway.backend.queues.JobQueue;
import dev.slipway.backend.queues.QueueRoutes;
import dev.slipway.backend.queues.QueueService;
import dev.slipway.backend.queues.QueueWatch;
import dev.slipway.backend.queues.SqlJobQueue;
import dev.slipway.backend.queues.Worker;
import dev.slipway.backend.queues.WorkerSettings;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.StateStore;
import dev.slipway.backend.stream.LiveStream;
import dev.slipway.backend.stream.SnapshotSource;
import dev.slipway.backend.stream.StreamRoutes;
import dev.slipway.config.Configuration;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Puts the backend together: one place where every part meets those that it needs.
public final class BackendWiring implements AutoCloseable {
    private static final String VERSION = "0.1.0";
    private static final Duration JOBS_KEPT = Duration.ofDays(14);
    private static final WorkerSettings WORKERS = WorkerSettings.standard(1);

    private final BackendSettings settings;
    private final InstantSource clock;
    private final Instant startedAt;
    private final ObjectMapper json = WireJson.mapper();
    private final StateStore store;
    private final EventLog events;
    private final AuditLog audit;
    private final Sessions sessions;
    private final AccessService access;
    private final Commands commands;
    private final LiveStream stream;
    private final JobQueue queue;
    private final QueueWatch queueWatch;
    private final MetricsStore measurements;
    private final Metrics metrics;
    private final Optional<EdgeScraper> scraper;
    private final LaunchService launch;
    private final List<JobHandler> handlers = new ArrayList<>();
    private final List<Worker> workers = new ArrayList<>();
    private final List<SnapshotSource> snapshots = new ArrayList<>();
    private final List<Routes> features = new ArrayList<>();

    /// @throws dev.slipway.config.BadFile if the configuration is wrong
    public BackendWiring(Configuration configuration, Path home, InstantSource clock) {
        this.clock = clock;
        settings = BackendSettings.read(configuration, home);
        Optional<Edge> edge = Edge.read(configuration);
        configuration.check();
        startedAt = clock.instant();
        store = StateStore.open(settings.state());
        events = new EventLog(json, clock);
        audit = new AuditLog(store, events, clock);
        sessions = new Sessions(store, clock);
        access = new AccessService(store, sessions, clock, settings.state());
        commands = new Commands(store, audit, clock);
        stream = new LiveStream(store, events, json);
        queue = new SqlJobQueue(json, events, clock, new SecureRandom());

        var queues = new QueueService(store, events, clock, WORKERS.lease());
        queueWatch = new QueueWatch(store, events, clock, WORKERS.lease(), JOBS_KEPT);

        measurements = MetricsStore.at(settings.state());
        metrics = new Metrics(measurements, stream);
        scraper = edge.map(e -> new EdgeScraper(e, metrics, measurements, json));
        launch =
                new LaunchService(
                        store,
                        events,
                        edge.<Router>map(e -> new EdgeRouter(e, json)).orElseGet(NoRouter::new),
                        this::traffic,
                        clock);

        var plans = new PlanFolder(MigrationSettings.read(configuration, home));
        var runs = new MigrationStore(json, events);
        var migration = new MigrationService(store, runs, queue, plans, clock);
        handlers.add(new MigrationHandler(store, runs, events, plans, clock, hostName()));

        snapshots.add(() -> List.of(healthChange()));
        snapshots.add(migration::snapshot);
        snapshots.add(queues::snapshot);
        snapshots.add(metrics::snapshot);
        snapshots.add(launch::snapshot);
        snapshots.add(audit::snapshot);
        features.add(new HealthRoutes(this::health));
        features.add(new AccessRoutes(access, sessions, audit, commands));
        features.add(
                new StreamRoutes(
                        stream,
                        snapshots,
                        caller -> sessions.bySession(caller.session()).isPresent(),
                        settings.heartbeat(),
                        clock));
        features.add(new QueueRoutes(queues));
        features.add(new MetricsRoutes(metrics));
        features.add(new LaunchRoutes(launch));
        features.add(new MigrationRoutes(migration, new RunDetails(store, runs, plans)));
        var invoicing =
                Invoicing.of(configuration, store, settings.state(), events, queue, json, clock);
        features.add(new InvoiceRoutes(invoicing.map(Invoicing::service)));
        invoicing.map(Invoicing::snapshot).ifPresent(snapshots::add);
        invoicing.map(Invoicing::handlers).ifPresent(handlers::addAll);
        features.add(new OpenApiRoutes(routes()));
        configuration.check();
    }

    /// Every route that the server serves.
    public List<Route> routes() {
        return features.stream().flatMap(feature -> feature.routes().stream()).toList();
    }

    public boolean production() {
        return settings.production();
    }

    /// Opens a session for the sandbox's own console.
    public Session sandboxSession() {
        return access.open("sandbox", Role.ADMIN);
    }

    /// Starts to serve.
    public HttpServer serve() throws IOException {
        access.firstStart();
        commands.recover();
        stream.start();
        queueWatch.start();
        metrics.load(clock.instant());
        scraper.ifPresent(EdgeScraper::start);
        launch.start();
        if (settings.threadsInServe() > 0) {
            work(settings.threadsInServe());
        }
        return HttpServer.start(
                new HttpServer.Address(settings.host(), settings.port()),
                routes(),
                new HttpServer.Checks(sessions, audit, commands),
                store,
                json,
                clock);
    }

    public int workerThreads() {
        return settings.workerThreads();
    }

    /// Starts to run jobs in this process.
    public void work(int threads) {
        String name = hostName() + "-" + ProcessHandle.current().pid();
        var worker =
                new Worker(
                        name,
                        WorkerSettings.standard(threads),
                        handlers,
                        store,
                        events,
                        json,
                        clock,
                        new SecureRandom());
        workers.add(worker);
        worker.start();
    }

    public String url(HttpServer server) {
        return "http://" + settings.host() + ":" + server.port();
    }

    public ObjectMapper json() {
        return json;
    }

    /// Ends every live stream, so that the server has nothing left to wait for.
    public void endStreams() {
        stream.close();
    }

    @Override
    public void close() {
        stream.close();
        queueWatch.close();
        launch.close();
        scraper.ifPresent(EdgeScraper::close);
        measurements.close();
        workers.forEach(Worker::close);
        store.close();
    }

    private Health health() {
        return new Health(
                true,
                VERSION,
                settings.environment(),
                settings.colour(),
                settings.production(),
                stream.epoch(),
                (int) settings.heartbeat().toSeconds(),
                startedAt,
                clock.instant());
    }

    private Traffic traffic() {
        Instant now = clock.instant();
        return new Traffic(metrics.lastMinute(Pool.LEGACY, now), metrics.lastMinute(Pool.NEW, now));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private Change healthChange() {
        Health health = health();
        return new Change(Kind.HEALTH.wire(), "backend", health.now(), health);
    }
}
