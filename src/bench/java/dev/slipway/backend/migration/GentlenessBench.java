package dev.slipway.backend.migration;

import dev.slipway.Slipway;
import dev.slipway.config.Database;
import dev.slipway.testing.MariaDb;
import dev.slipway.testing.Postgres;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// What a migration does to the pages of the shop that it reads from, in alternating blocks with and
/// without it, against a MariaDB and a PostgreSQL of its own on this machine:
///
///     mvn -Pbench test-compile exec:exec \
///         -Dbench=dev.slipway.backend.migration.GentlenessBench
///
/// `SLIPWAY_BENCH_BLOCK` (60 seconds), `SLIPWAY_BENCH_ROUNDS` (3), `SLIPWAY_BENCH_ARRIVALS` (20 pages
/// a second), `SLIPWAY_BENCH_SHARE` (22 % of the free rate) and `SLIPWAY_BENCH_ROWS` (3 million) can
/// be set. Pages arrive whether or not those before are answered; a page's time counts from the
/// moment at which it was to be asked. It asks what the legacy shop's pages ask: products of a
/// category by price without an index, and a customer's latest lines.
final class GentlenessBench {
    private static final int PRODUCTS = 8_000;
    private static final int CONNECTIONS = 24;
    private static final int SETTLE_SECONDS = 5;
    private static final String PLAN =
            """
            name: gentle
            throttle: {threads-running: 16%s}
            schema:
              postgresql:
                before: |
                  CREATE TABLE line (id bigint PRIMARY KEY, customer text NOT NULL, sku text NOT NULL,
                    price numeric(10, 2) NOT NULL, sold_at timestamptz NOT NULL, note text);
            steps:
              - name: lines
                source: {table: lines}
                target: line
                columns:
                  id: {type: integer, on-missing: quarantine}
                  customer: {type: text, on-missing: quarantine}
                  sku: {type: text, on-missing: quarantine}
                  price: {type: decimal, scale: 2, on-missing: quarantine}
                  sold_at: {type: timestamp, zone: Europe/Vienna, on-missing: quarantine}
                  note: {type: text, empty: missing}
            """;

    private final int block = number("SLIPWAY_BENCH_BLOCK", 60);
    private final int arrivals = number("SLIPWAY_BENCH_ARRIVALS", 20);
    private final int rows = number("SLIPWAY_BENCH_ROWS", 3_000_000);
    private final Path folder = Files.createTempDirectory("gentleness");
    private final Database source = MariaDb.fresh();
    private final BlockingQueue<Connection> pool = new ArrayBlockingQueue<>(CONNECTIONS);
    private final Random random = new Random(7);

    private GentlenessBench() throws IOException {}

    public static void main(String[] args) throws Exception {
        new GentlenessBench().run();
        // the servers that it started keep threads of their own
        System.exit(0);
    }

    private static int number(String name, int otherwise) {
        String given = System.getenv(name);
        return given == null ? otherwise : Integer.parseInt(given);
    }

    private void run() throws Exception {
        fill();
        for (int i = 0; i < CONNECTIONS; i++) {
            pool.add(MariaDb.connect(source));
        }
        double free = freeRate();
        int share = number("SLIPWAY_BENCH_SHARE", 22);
        plan(", rows-per-second: " + Math.round(free * share / 100));
        Database target = Postgres.fresh();
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        List<Double> rates = new ArrayList<>();
        pages(SETTLE_SECONDS);
        for (int round = 1; round <= number("SLIPWAY_BENCH_ROUNDS", 3); round++) {
            told("without", pages(block), without, 0);
            Process process = migrate(target);
            awaitChunks(target, process);
            pages(SETTLE_SECONDS);
            long before = read(target);
            long begun = System.nanoTime();
            double[] took = pages(block);
            double rate = (read(target) - before) / ((System.nanoTime() - begun) / 1e9);
            boolean whole = process.isAlive();
            process.destroyForcibly();
            process.waitFor();
            told(whole ? "with" : "with (it ended before the block did)", took, with, rate);
            rates.add(rate);
        }
        System.out.printf(
                Locale.ROOT,
                "p95 with / without, medians: %.2f; rate kept: %.0f %% of %,.0f rows/s%n",
                median(with) / median(without),
                100 * median(rates) / free,
                free);
    }

    /// Rows a second with nobody else there.
    private double freeRate() throws Exception {
        plan("");
        Database target = Postgres.fresh();
        Process process = migrate(target);
        awaitChunks(target, process);
        long before = read(target);
        long begun = System.nanoTime();
        while (process.isAlive()
                && System.nanoTime() - begun < Duration.ofSeconds(10).toNanos()
                && read(target) < rows) {
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        double rate = (read(target) - before) / ((System.nanoTime() - begun) / 1e9);
        process.destroyForcibly();
        process.waitFor();
        System.out.printf(Locale.ROOT, "free rate %,.0f rows/s, load %.1f%n", rate, load());
        return rate;
    }

    private void told(String what, double[] took, List<Double> p95s, double rate) {
        Arrays.sort(took);
        double p95 = took[(int) Math.ceil(took.length * 0.95) - 1];
        p95s.add(p95);
        System.out.printf(
                Locale.ROOT,
                "%-8s %,5d pages: p50 %6.1f ms, p95 %6.1f ms, max %6.1f ms; %,.0f rows/s; load %.1f%n",
                what,
                took.length,
                took[took.length / 2],
                p95,
                took[took.length - 1],
                rate,
                load());
    }

    private static double load() {
        return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
    }

    /// Lets pages come for some seconds.
    ///
    /// @return milliseconds of each
    private double[] pages(int seconds) {
        int count = arrivals * seconds;
        double[] took = new double[count];
        long begun = System.nanoTime();
        try (var visitors = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                long intended = begun + TimeUnit.SECONDS.toNanos(1) * i / arrivals;
                while (System.nanoTime() < intended) {
                    LockSupport.parkNanos(intended - System.nanoTime());
                }
                int page = i;
                int category = random.nextInt(40);
                int customer = random.nextInt(20_000);
                visitors.execute(
                        () -> {
                            page(category, customer);
                            took[page] = (System.nanoTime() - intended) / 1e6;
                        });
            }
        }
        return took;
    }

    private void page(int category, int customer) {
        try {
            Connection connection = pool.take();
            try (var products =
                            connection.prepareStatement(
                                    "SELECT id, name, price FROM products WHERE category = ?"
                                            + " ORDER BY price DESC LIMIT 20");
                    var lines =
                            connection.prepareStatement(
                                    "SELECT id, sku, price FROM `lines` WHERE customer = ?"
                                            + " ORDER BY id DESC LIMIT 10")) {
                products.setString(1, "category " + category);
                products.executeQuery().close();
                lines.setString(1, "customer " + customer);
                lines.executeQuery().close();
            } finally {
                pool.add(connection);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void fill() throws SQLException {
        try (var connection = MariaDb.connect(source);
                var statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE products (id INT PRIMARY KEY, name VARCHAR(80), category VARCHAR(40),"
                            + " price DECIMAL(10,2), description VARCHAR(400)) ENGINE=MyISAM");
            statement.execute(
                    "INSERT INTO products SELECT seq, CONCAT('product ', seq), CONCAT('category ',"
                            + " seq % 40), seq % 977 + 0.5, REPEAT('text ', 60) FROM seq_1_to_"
                            + PRODUCTS);
            statement.execute(
                    "CREATE TABLE `lines` (id INT PRIMARY KEY, customer VARCHAR(60), sku VARCHAR(40),"
                            + " price DECIMAL(10,2), sold_at DATETIME, note VARCHAR(120), KEY (customer))"
                            + " ENGINE=MyISAM");
            statement.execute(
                    "INSERT INTO `lines` SELECT seq, CONCAT('customer ', seq % 20000), CONCAT('sku-',"
                            + " seq % 8000), seq % 500 + 0.99, '2020-01-01' + INTERVAL seq % 50000000"
                            + " SECOND, IF(seq % 3, '', 'please ring twice') FROM seq_1_to_"
                            + rows);
        }
    }

    private void plan(String throttle) throws IOException {
        Files.writeString(folder.resolve("plan.yaml"), PLAN.formatted(throttle));
    }

    private Process migrate(Database target) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Slipway.class.getName(),
                        "migrate",
                        "--plan",
                        folder.resolve("plan.yaml").toString(),
                        "--source",
                        source.url(),
                        "--source-user",
                        source.user(),
                        "--target",
                        target.url(),
                        "--target-user",
                        target.user(),
                        "--workers",
                        "1")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("migrate.log").toFile())
                .start();
    }

    private void awaitChunks(Database target, Process process) throws SQLException {
        long before = read(target);
        while (read(target) == before) {
            if (!process.isAlive()) {
                throw new IllegalStateException("see " + folder.resolve("migrate.log"));
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static long read(Database target) throws SQLException {
        try (var connection = Postgres.connect(target);
                var statement = connection.createStatement()) {
            try (var there = statement.executeQuery("SELECT to_regclass('slipway_ledger.chunk')")) {
                there.next();
                if (there.getString(1) == null) {
                    return 0;
                }
            }
            try (var row =
                    statement.executeQuery("SELECT sum(rows_read) FROM slipway_ledger.chunk")) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private static double median(List<Double> all) {
        List<Double> sorted = all.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
