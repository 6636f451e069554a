package dev.slipway.backend;

import com.fasterxml.jackson.databind.ObjectMapper;

import dev.slipway.api.Health;
import dev.slipway.api.access.Role;
import dev.slipway.api.access.Session;
import dev.slipway.api.events.Change;
import dev.slipway.api.events.Kind;
import dev.slipway.backend.access.AccessRoutes;
import dev.slipway.backend.http.HealthRoutes;
import dev.slipway.backend.http.HttpServer;
import dev.slipway.backend.http.Route;
import dev.slipway.backend.http.Routes;
import dev.slipway.backend.openapi.OpenApiRoutes;
import dev.slipway.backend.queues.JobHandler;
import dev.slipway.backend.queues.Worker;
import dev.slipway.backend.queues.WorkerSettings;
import dev.slipway.backend.queues.dispatch.BrokerRoutes;
import dev.slipway.backend.queues.dispatch.BrokerSettings;
import dev.slipway.backend.queues.dispatch.Dispatch;
import dev.slipway.backend.queues.dispatch.WithoutBroker;
import dev.slipway.backend.stream.SnapshotSource;
import dev.slipway.backend.stream.StreamRoutes;
import dev.slipway.backend.tasks.pool.Busy;
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
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Puts the backend together: what all stand on, the features, and the routes of both.
public final class BackendWiring implements AutoCloseable {
    private static final String VERSION = "0.1.0";

    /// Less than whoever ends a process gives it before the kill: the sandbox 10 s, others more.
    private static final Duration PATIENCE = Duration.ofSeconds(8);

    private final BackendSettings settings;
    private final Foundation base;
    private final Features features;
    private final List<Route> routes;
    private final List<Worker> workers = new ArrayList<>();
    private final Instant startedAt;
    private final Optional<Dispatch> dispatch;
    private final List<WithoutBroker> withoutBroker = new ArrayList<>();

    /// @throws dev.slipway.config.BadFile if the configuration is wrong
    public BackendWiring(Configuration configuration, Path home, InstantSource clock) {
        settings = BackendSettings.read(configuration, home);
        Optional<BrokerSettings> broker = BrokerSettings.read(configuration);
        configuration.check();
        startedAt = clock.instant();
        base = new Foundation(settings, clock);
        features = new Features(base, configuration, home, hostName());
        configuration.check();
        dispatch =
                broker.map(
                        named ->
                                new Dispatch(
                                        base.store,
                                        base.events,
                                        named,
                                        base.time,
                                        hostName() + "-" + ProcessHandle.current().pid(),
                                        features.besideTheBroker()));
        routes = table();
    }

    private List<Route> table() {
        List<SnapshotSource> snapshots = new ArrayList<>(features.snapshots);
        snapshots.addFirst(() -> List.of(healthChange()));
        snapshots.add(base.audit::snapshot);
        snapshots.add(() -> Dispatch.snapshot(base.store, base.time));

        List<Routes> all = new ArrayList<>();
        all.add(new HealthRoutes(this::health));
        all.add(new AccessRoutes(base.access, base.sessions, base.audit, base.commands));
        all.add(
                new StreamRoutes(
                        base.stream,
                        snapshots,
                        caller -> base.sessions.bySession(caller.session()).isPresent(),
                        settings.heartbeat(),
                        base.clock));
        all.add(new BrokerRoutes(base.store, base.time));
        all.addAll(features.routes);
        List<Route> table = new ArrayList<>();
        all.forEach(feature -> table.addAll(feature.routes()));
        table.addAll(new OpenApiRoutes(table).routes());
        return List.copyOf(table);
    }

    /// Every route that the server serves.
    public List<Route> routes() {
        return routes;
    }

    public boolean production() {
        return settings.production();
    }

    /// Opens a session for the sandbox's own console.
    public Session sandboxSession() {
        return base.access.open("sandbox", Role.ADMIN);
    }

    /// Starts to serve.
    public HttpServer serve() throws IOException {
        base.access.firstStart();
        Set<String> outside =
                routes.stream()
                        .filter(Route::outside)
                        .map(Route::action)
                        .collect(Collectors.toSet());
        base.commands.recover(outside);
        base.watch(outside);
        base.stream.start();
        if (dispatch.isEmpty()) {
            doWithoutBroker(false);
        }
        dispatch.ifPresent(Dispatch::start);
        features.start();
        if (settings.threadsInServe() > 0) {
            work(settings.threadsInServe());
        }
        return HttpServer.start(
                new HttpServer.Address(settings.host(), settings.port(), settings.encryption()),
                routes,
                new HttpServer.Checks(base.sessions, base.audit, base.commands),
                base.store,
                base.json,
                base.clock);
    }

    public int workerThreads() {
        return settings.workerThreads();
    }

    /// Starts to run jobs in this process.
    public void work(int threads) {
        work(threads, features.handlers);
    }

    /// Starts to run jobs of some types alone in this process.
    ///
    /// @return what tells how long there has been nothing to do
    /// @throws IllegalArgumentException if there is no handler of a type
    Busy work(int threads, List<String> types) {
        var chosen =
                features.handlers.stream()
                        .filter(handler -> types.contains(handler.type()))
                        .toList();
        var known = features.handlers.stream().map(JobHandler::type).sorted().toList();
        for (String type : types) {
            if (!known.contains(type)) {
                throw new IllegalArgumentException(
                        "there are no jobs of the type '" + type + "'; there are " + known);
            }
        }
        var busy = new Busy(base.clock);
        work(threads, busy.watched(types.isEmpty() ? features.handlers : chosen));
        // one for some types looks for them in the state database anyway
        if (types.isEmpty() && dispatch.isEmpty()) {
            doWithoutBroker(true);
        }
        return busy;
    }

    /// @param works whether this process is a worker and no backend
    private void doWithoutBroker(boolean works) {
        var without =
                new WithoutBroker(
                        base.store,
                        base.events,
                        base.time,
                        hostName() + "-" + ProcessHandle.current().pid(),
                        works);
        withoutBroker.add(without);
        without.start();
    }

    private void work(int threads, Collection<? extends JobHandler> handlers) {
        var worker =
                new Worker(
                        hostName() + "-" + ProcessHandle.current().pid(),
                        WorkerSettings.standard(threads),
                        handlers,
                        base.store,
                        base.events,
                        base.json,
                        base.time,
                        new SecureRandom());
        workers.add(worker);
        dispatch.ifPresent(
                feeder -> {
                    feeder.start();
                    // all types come by the same queues: whoever runs some would take all
                    if (handlers.size() == features.handlers.size()) {
                        worker.fedBy(feeder);
                    }
                });
        worker.start();
    }

    public String url(HttpServer server) {
        String scheme = settings.encryption().isPresent() ? "https" : "http";
        return scheme + "://" + settings.host() + ":" + server.port();
    }

    public ObjectMapper json() {
        return base.json;
    }

    /// Ends every live stream, so that the server has nothing left to wait for.
    public void endStreams() {
        base.stream.close();
    }

    @Override
    public void close() {
        drain();
        dispatch.ifPresent(Dispatch::close);
        withoutBroker.forEach(WithoutBroker::close);
        features.close();
        base.close();
    }

    /// Gives the running jobs back: the next worker goes on at once.
    private void drain() {
        try {
            for (Worker worker : workers) {
                worker.drain(PATIENCE);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Health health() {
        return new Health(
                true,
                VERSION,
                settings.environment(),
                settings.colour(),
                settings.production(),
                base.stream.epoch(),
                (int) settings.heartbeat().toSeconds(),
                startedAt,
                base.clock.instant());
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
