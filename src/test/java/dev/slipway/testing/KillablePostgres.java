package dev.slipway.testing;

import dev.slipway.config.Database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL of one test's own, in a folder, to be stopped without a checkpoint and started
/// again on what it left.
public final class KillablePostgres implements AutoCloseable {
    private final Path data;
    private final int port;
    private EmbeddedPostgres server;

    private KillablePostgres(Path data, EmbeddedPostgres server) {
        this.data = data;
        this.port = server.getPort();
        this.server = server;
    }

    /// @throws org.opentest4j.TestAbortedException if there is none for this machine
    public static KillablePostgres start(Path folder) {
        Path data = folder.resolve("postgres");
        try {
            return new KillablePostgres(data, builder(data).start());
        } catch (IOException | RuntimeException e) {
            throw Missing.skip("no PostgreSQL: " + e.getMessage());
        }
    }

    private static EmbeddedPostgres.Builder builder(Path data) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPGStartupWait(Duration.ofSeconds(60));
    }

    public int port() {
        return port;
    }

    /// Makes an empty database.
    public Database make(String name) throws SQLException {
        try (var connection = connect(database("postgres"));
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name + " ENCODING 'UTF8' TEMPLATE template0");
        }
        return database(name);
    }

    public Database database(String name) {
        return new Database("jdbc:postgresql://127.0.0.1:" + port + "/" + name, "postgres", "");
    }

    public Connection connect(Database database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    /// Ends it at once, as `pg_ctl stop -m immediate` does: the next one recovers from its log.
    public void crashAndStartAgain() throws IOException, InterruptedException {
        long pid = Long.parseLong(Files.readAllLines(data.resolve("postmaster.pid")).getFirst());
        var postmaster = ProcessHandle.of(pid).orElseThrow();
        new ProcessBuilder("kill", "-QUIT", Long.toString(pid)).start().waitFor();
        try {
            postmaster.onExit().get(60, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            throw new IOException("PostgreSQL did not end", e);
        }
        // gives its lock on the folder back
        server.close();
        server = builder(data).setPort(port).start();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
