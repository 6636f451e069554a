package dev.slipway.sandbox.generate;

import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// Makes the legacy database. It is written beside its place and moved there when it is whole, so
/// that a half-made one is never taken for a shop.
public final class LegacyDatabase {
    private static final String SCHEMA = "/sandbox/legacy.sql";

    private LegacyDatabase() {}

    /// Makes the database, unless it stands there already with this seed and size.
    public static Manifest ensure(Path file, long seed, Size size, Consumer<String> progress) {
        return Manifest.of(file)
                .filter(there -> there.seed() == seed && there.lines() == size.lines())
                .orElseGet(() -> generate(file, seed, size, progress));
    }

    /// Makes the database, in the place of whatever stands there, and its manifest.
    public static Manifest generate(Path file, long seed, Size size, Consumer<String> progress) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Files.createDirectories(folder);
            Path half = Files.createTempFile(folder, "legacy", ".half");
            try {
                Manifest manifest = fill(half, seed, size, progress);
                Files.deleteIfExists(Manifest.beside(file));
                Files.deleteIfExists(file.resolveSibling(file.getFileName() + "-journal"));
                Files.move(half, file, StandardCopyOption.REPLACE_EXISTING);
                manifest.write(file);
                return manifest;
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't write the legacy database " + file, e);
        } catch (SQLException e) {
            throw new IllegalStateException("can't fill the legacy database " + file, e);
        }
    }

    private static Manifest fill(Path file, long seed, Size size, Consumer<String> progress)
            throws SQLException {
        var dice = new Dice(seed);
        var tally = new Tally();
        Map<String, Long> rows = new LinkedHashMap<>();
        try (Connection connection = open(file)) {
            createTables(connection);
            connection.setAutoCommit(false);
            try (var vendorTable = new Table(connection, "vendors", 7);
                    var productTable = new Table(connection, "products", 10);
                    var customerTable = new Table(connection, "customers", 8);
                    var orderTable = new Table(connection, "orders", 11);
                    var lineTable = new Table(connection, "order_lines", 15)) {
                var vendors = new Vendors(dice, tally).write(vendorTable, size.vendors());
                var products =
                        new Products(dice, tally).write(productTable, size.products(), vendors);
                var customers = new Customers(dice, tally).write(customerTable, size.customers());
                progress.accept("legacy: vendors, products and customers written");
                new Orders(dice, tally, size).write(orderTable, lineTable, products, customers);
                rows.put("vendors", vendorTable.rows());
                rows.put("products", productTable.rows());
                rows.put("customers", customerTable.rows());
                rows.put("orders", orderTable.rows());
                rows.put("order_lines", lineTable.rows());
            }
            connection.commit();
        }
        progress.accept("legacy: " + size.lines() + " order lines written");
        return new Manifest(seed, size.lines(), rows, tally.counts());
    }

    /// A connection without any safety: a file that is not whole is thrown away.
    private static Connection open(Path file) throws SQLException {
        var config = new SQLiteConfig();
        config.setJournalMode(JournalMode.OFF);
        config.setSynchronous(SynchronousMode.OFF);
        return config.createConnection("jdbc:sqlite:" + file);
    }

    private static void createTables(Connection connection) throws SQLException {
        String tables =
                schema().lines()
                        .map(line -> line.replaceFirst("--.*", ""))
                        .collect(Collectors.joining("\n"));
        try (Statement statement = connection.createStatement()) {
            for (String table : Arrays.asList(tables.split(";", -1))) {
                if (!table.isBlank()) {
                    statement.execute(table);
                }
            }
        }
    }

    private static String schema() {
        try (InputStream in = LegacyDatabase.class.getResourceAsStream(SCHEMA)) {
            if (in == null) {
                throw new IllegalStateException(SCHEMA + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
