package dev.slipway.shop.store;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;

import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// A SQLite database of the shop: made by its migrations if it is not there, read by many and
/// written by one at a time.
public final class ShopDatabase implements AutoCloseable {
    private static final String PREFIX = "jdbc:sqlite:";
    private static final int BUSY_MILLIS = 10_000;

    private final HikariDataSource pool;

    private ShopDatabase(HikariDataSource pool) {
        this.pool = pool;
    }

    /// Opens the shop's own database.
    public static ShopDatabase shop(String url) {
        return open(url, "db/shop", 4);
    }

    /// Opens the intake, a file of its own: the migration writes to the shop's database.
    public static ShopDatabase intake(Path file) {
        return open(PREFIX + file, "db/intake", 2);
    }

    private static ShopDatabase open(String url, String migrations, int connections) {
        if (!url.startsWith(PREFIX)) {
            throw new IllegalArgumentException("the shop runs on SQLite, not on " + url);
        }
        makeFolder(Path.of(url.substring(PREFIX.length())));
        var config = new HikariConfig();
        config.setDataSource(source(url));
        config.setMaximumPoolSize(connections);
        config.setPoolName(migrations);
        var pool = new HikariDataSource(config);
        Flyway.configure().dataSource(pool).locations("classpath:" + migrations).load().migrate();
        return new ShopDatabase(pool);
    }

    private static SQLiteDataSource source(String url) {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.WAL);
        config.setSynchronous(SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        config.enforceForeignKeys(true);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        var source = new SQLiteDataSource(config);
        source.setUrl(url);
        return source;
    }

    private static void makeFolder(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("can't make the folder of " + file, e);
        }
    }

    public Jdbi jdbi() {
        return Jdbi.create(pool);
    }

    @Override
    public void close() {
        pool.close();
    }
}
