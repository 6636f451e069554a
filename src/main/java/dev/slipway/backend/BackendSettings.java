package dev.slipway.backend;

import dev.slipway.backend.http.Encryption;
import dev.slipway.config.Configuration;
import dev.slipway.config.Database;
import dev.slipway.config.Section;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// What the sections `environment`, `backend` and `worker` say.
///
/// @param environment the environment's name
/// @param colour `#rrggbb`
/// @param port 0 takes a free one
/// @param encryption empty for plain HTTP
/// @param state the folder of the state: of its SQLite database unless `database` is given, and of
///   measurements, archived invoices and the first administrator's password
/// @param database the state in PostgreSQL, for several backends; empty for SQLite in `state`
/// @param workerThreads threads of a worker process
/// @param threadsInServe threads that run jobs in the server's own process
record BackendSettings(
        String environment,
        String colour,
        boolean production,
        String host,
        int port,
        Optional<Encryption> encryption,
        Path state,
        Optional<Database> database,
        Duration heartbeat,
        int workerThreads,
        int threadsInServe) {
    private static final int MAX_PORT = 65_535;
    private static final int MAX_THREADS = 256;

    static BackendSettings read(Configuration configuration, Path home) {
        try (var environment = configuration.section("environment");
                var backend = configuration.section("backend");
                var worker = configuration.section("worker")) {
            var settings =
                    new BackendSettings(
                            environment.text("name", "local"),
                            environment.text("colour", "#4f6d8f"),
                            environment.flag("production", false),
                            backend.text("host", "127.0.0.1"),
                            backend.integer("port", 7480),
                            encryption(configuration, backend.section("tls")),
                            backend.has("state")
                                    ? configuration.path(backend.text("state", ""))
                                    : home.resolve("state"),
                            database(configuration, backend),
                            Duration.ofSeconds(backend.integer("heartbeat", 2)),
                            worker.integer("threads", 2),
                            worker.integer("threads-in-serve", 0));
            if (!settings.colour.matches("#[0-9a-fA-F]{6}")) {
                environment.problem("colour", "'colour' must be like #4f6d8f");
            }
            if (!backend.flag("insecure", false)
                    && settings.encryption.isEmpty()
                    && !ofThisMachineAlone(settings.host)) {
                backend.problem(
                        "host",
                        "'host' can be reached from other machines, and passwords would go over the"
                                + " wire as they are: give 'tls: {certificate: …, key: …}', or say"
                                + " 'insecure: true'");
            }
            if (settings.port < 0 || settings.port > MAX_PORT) {
                backend.problem("port", "'port' must be 0 to " + MAX_PORT);
            }
            if (settings.heartbeat.toSeconds() < 1 || settings.heartbeat.toSeconds() > 60) {
                backend.problem("heartbeat", "'heartbeat' must be 1 to 60 seconds");
            }
            if (settings.workerThreads < 1 || settings.workerThreads > MAX_THREADS) {
                worker.problem("threads", "'threads' must be 1 to " + MAX_THREADS);
            }
            if (settings.threadsInServe < 0 || settings.threadsInServe > MAX_THREADS) {
                worker.problem("threads-in-serve", "must be 0 to " + MAX_THREADS);
            }
            return settings;
        }
    }

    /// `database` names an entry of the section `databases`.
    private static Optional<Database> database(Configuration configuration, Section backend) {
        String name = backend.textOrNull("database");
        if (name == null) {
            return Optional.empty();
        }
        Database named = configuration.database(name);
        if (!named.url().startsWith("jdbc:postgresql:")) {
            backend.problem(
                    "database",
                    "the state can be kept in PostgreSQL (jdbc:postgresql://…), and '"
                            + name
                            + "' is "
                            + named.url()
                            + "; without 'database' it is kept by SQLite in the folder 'state'");
        }
        return Optional.of(named);
    }

    private static Optional<Encryption> encryption(
            Configuration configuration, @Nullable Section tls) {
        if (tls == null) {
            return Optional.empty();
        }
        try (tls) {
            return Optional.of(
                    new Encryption(
                            file(configuration, tls, "certificate"),
                            file(configuration, tls, "key")));
        }
    }

    private static Path file(Configuration configuration, Section tls, String key) {
        Path file = configuration.path(tls.text(key));
        if (!Files.isReadable(file)) {
            tls.problem(key, "can't read the " + key + " " + file);
        }
        return file;
    }

    private static boolean ofThisMachineAlone(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }
}
