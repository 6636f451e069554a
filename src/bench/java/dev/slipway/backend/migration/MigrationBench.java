package dev.slipway.backend.migration;

import dev.slipway.Slipway;
import dev.slipway.testing.MariaDb;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// The legacy shop's migration against pgloader, in turn, each into an empty database:
///
///     SLIPWAY_BENCH_MARIADB='jdbc:mariadb://127.0.0.1:3306/shop?user=u&password=p' \
///     SLIPWAY_BENCH_POSTGRES='jdbc:postgresql://127.0.0.1:5432/postgres?user=u' \
///     mvn -Pbench test-compile exec:exec \
///         -Dbench=dev.slipway.backend.migration.MigrationBench
///
/// `SLIPWAY_BENCH_ROUNDS` (3) and `SLIPWAY_BENCH_WORKERS` (3) can be set. Rows per second are the
/// source's rows by the wall's clock; ours with foreign keys, indexes and validation, from the start
/// of the JVM to its end. What did not succeed is named and not counted.
final class MigrationBench {
    /// As the launcher in `packaging` has them.
    private static final String[] HEAP = {
        "-Xmx512m",
        "-Xmn300m",
        "-XX:+UseSerialGC",
        "-XX:MaxInlineLevel=7",
        "-XX:FreqInlineSize=100",
        "-XX:InlineSmallCode=800",
        "-XX:LoopUnrollLimit=16"
    };

    private static final List<String> TABLES =
            List.of("vendors", "products", "customers", "orders", "order_lines");
    private static final long LONGEST_MINUTES = 20;

    private final String source = System.getenv("SLIPWAY_BENCH_MARIADB");
    private final String server = System.getenv("SLIPWAY_BENCH_POSTGRES");
    private final Path folder = Files.createTempDirectory("migration-bench");
    private final long rows = rows();

    private MigrationBench() throws IOException, SQLException {}

    public static void main(String[] args) throws Exception {
        new MigrationBench().run(number("SLIPWAY_BENCH_ROUNDS", 3));
    }

    private static int number(String name, int otherwise) {
        String given = System.getenv(name);
        return given == null ? otherwise : Integer.parseInt(given);
    }

    private void run(int rounds) throws Exception {
        System.out.printf("%,d rows, ours with %s%n", rows, String.join(" ", HEAP));
        List<Double> ours = new ArrayList<>();
        List<Double> theirs = new ArrayList<>();
        for (int round = 1; round <= rounds; round++) {
            timed("pgloader", theirs, this::pgloader);
            timed("slipway", ours, this::slipway);
        }
        if (!ours.isEmpty() && !theirs.isEmpty()) {
            double ratio = median(theirs) / median(ours);
            System.out.printf(Locale.ROOT, "slipway / pgloader, medians: %.2f%n", ratio);
        }
    }

    private interface Contender {
        Process start(String database) throws IOException;
    }

    private void timed(String name, List<Double> seconds, Contender contender) throws Exception {
        String database = "bench_" + name;
        empty(database);
        long begun = System.nanoTime();
        Process process = contender.start(database);
        if (!process.waitFor(LONGEST_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
        }
        double took = (System.nanoTime() - begun) / 1e9;
        boolean well = process.waitFor() == 0;
        if (well) {
            seconds.add(took);
        }
        System.out.printf(
                Locale.ROOT,
                "%-8s %6.1f s %,9.0f rows/s, load %.1f%s%n",
                name,
                took,
                rows / took,
                java.lang.management.ManagementFactory.getOperatingSystemMXBean()
                        .getSystemLoadAverage(),
                well ? "" : ", FAILED: see " + log(name));
    }

    private Process pgloader(String database) throws IOException {
        URI from = URI.create(source.substring("jdbc:".length()));
        URI to = URI.create(server.substring("jdbc:".length()));
        String user = MariaDb.parameter(source, "user");
        String password = MariaDb.parameter(source, "password");
        // with its own batches it runs out of its heap on wide rows
        Path load = folder.resolve("pgloader.load");
        Files.writeString(
                load,
                """
                LOAD DATABASE FROM mysql://%s:%s@%s:%d%s INTO postgresql://%s@%s:%d/%s
                WITH prefetch rows = 10000, batch rows = 10000, batch size = 4 MB;
                """
                        .formatted(
                                user,
                                password,
                                from.getHost(),
                                from.getPort(),
                                from.getPath(),
                                MariaDb.parameter(server, "user"),
                                to.getHost(),
                                to.getPort(),
                                database));
        return start("pgloader", "pgloader", load.toString());
    }

    private Process slipway(String database) throws IOException {
        Path secret = folder.resolve("source.password");
        Files.writeString(secret, MariaDb.parameter(source, "password"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(Arrays.asList(HEAP));
        command.addAll(
                List.of(
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Slipway.class.getName(),
                        "migrate",
                        "--plan",
                        Path.of("assets", "plans", "legacy-shop.yaml").toString(),
                        "--source",
                        source.substring(0, source.indexOf('?')),
                        "--source-user",
                        MariaDb.parameter(source, "user"),
                        "--source-password-file",
                        secret.toString(),
                        "--target",
                        at(database),
                        "--workers",
                        Integer.toString(number("SLIPWAY_BENCH_WORKERS", 3))));
        return start("slipway", command.toArray(String[]::new));
    }

    private Process start(String name, String... command) throws IOException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(Redirect.to(log(name).toFile()));
        Map<String, String> environment = builder.environment();
        environment.put("LC_ALL", "C.UTF-8");
        return builder.start();
    }

    private Path log(String name) {
        return folder.resolve(name + ".log");
    }

    private String at(String database) {
        int path = server.indexOf('/', "jdbc:postgresql://".length());
        return server.substring(0, path + 1) + database + server.substring(server.indexOf('?'));
    }

    private void empty(String database) throws SQLException {
        try (var connection = DriverManager.getConnection(server);
                var statement = connection.createStatement()) {
            statement.execute("DROP DATABASE IF EXISTS " + database);
            statement.execute(
                    "CREATE DATABASE " + database + " ENCODING 'UTF8' TEMPLATE template0");
            // what one contender left to be written is not the next one's to wait for
            statement.execute("CHECKPOINT");
        }
    }

    private long rows() throws SQLException {
        long all = 0;
        try (var connection = DriverManager.getConnection(source);
                var statement = connection.createStatement()) {
            for (String table : TABLES) {
                try (var row = statement.executeQuery("SELECT count(*) FROM " + table)) {
                    row.next();
                    all += row.getLong(1);
                }
            }
        }
        return all;
    }

    private static double median(List<Double> all) {
        List<Double> sorted = all.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}
