package dev.slipway.testing;

import dev.slipway.config.Database;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/// A real PostgreSQL: the one that `SLIPWAY_TEST_POSTGRES` names (a JDBC URL with user), else one
/// started for this JVM, else the test is skipped and says so.
public final class Postgres {
    private static final AtomicInteger DATABASES = new AtomicInteger();

    private Postgres() {}

    /// Started on first use, ended with the JVM.
    private static final class Server {
        static String reason = "";
        static final @Nullable String URL = url();

        private static @Nullable String url() {
            String given = System.getenv("SLIPWAY_TEST_POSTGRES");
            if (given != null && !given.isBlank()) {
                return given.replace("\\&", "&");
            }
            try {
                EmbeddedPostgres server = EmbeddedPostgres.builder().start();
                return "jdbc:postgresql://127.0.0.1:"
                        + server.getPort()
                        + "/postgres?user=postgres";
            } catch (IOException | RuntimeException e) {
                reason = String.valueOf(e.getMessage());
                return null;
            }
        }
    }

    /// A database of its own, empty, in UTF-8.
    ///
    /// @throws org.opentest4j.TestAbortedException if there is no server
    public static Database fresh() {
        return made("ENCODING 'UTF8' TEMPLATE template0");
    }

    /// A database of its own that begins as another one is, which no one may be connected to.
    ///
    /// @throws TestAbortedException if there is no server
    public static Database copyOf(Database template) {
        String url = template.url();
        return made("TEMPLATE " + url.substring(url.lastIndexOf('/') + 1));
    }

    private static Database made(String how) {
        String url = Server.URL;
        if (url == null) {
            throw Missing.skip("no PostgreSQL: " + Server.reason);
        }
        String name = "t" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name);
            statement.execute("CREATE DATABASE " + name + " " + how);
        } catch (SQLException e) {
            throw new IllegalStateException("can't make a database in " + url, e);
        }
        String server = url.substring(0, url.indexOf('/', "jdbc:postgresql://".length()) + 1);
        String user = MariaDb.parameter(url, "user");
        return new Database(server + name, user, MariaDb.parameter(url, "password"));
    }

    public static Connection connect(Database database) throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }
}
