package dev.slipway.console.exports;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.api.access.Role;
import dev.slipway.testing.RunningBackend;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import picocli.CommandLine;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

class ExportCommandIT {
    @TempDir Path home;
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private RunningBackend backend() throws Exception {
        String url = "jdbc:sqlite:" + home.resolve("shop.sqlite");
        try (var shop = DriverManager.getConnection(url);
                var statement = shop.createStatement()) {
            statement.execute("CREATE TABLE sale (id INTEGER PRIMARY KEY, amount_cents INTEGER)");
            statement.execute("INSERT INTO sale VALUES (1, 1050), (2, -7), (3, NULL)");
        }
        return new RunningBackend(
                home,
                InstantSource.system(),
                """
                backend: {port: 0, heartbeat: 1}
                worker: {threads-in-serve: 1}
                databases: {shop: {url: "%s"}}
                exports:
                  orders: {database: shop, sql: "SELECT id, amount_cents FROM sale ORDER BY id"}
                """
                        .formatted(url));
    }

    @Test
    void writesAFileWhoseChecksumItTells() throws Exception {
        try (var backend = backend()) {
            backend.token(Role.FINANCE);
            Path file = home.resolve("orders.csv");
            assertThat(run(backend, "--what", "orders", "--out", file.toString()))
                    .as(err.toString())
                    .isZero();
            assertThat(file)
                    .hasContent(
                            "\"id\",\"amount\"\r\n\"1\",\"10.50\"\r\n\"2\",\"-0.07\"\r\n\"3\",\r\n");
            assertThat(out.toString())
                    .contains("3 rows as of ")
                    .contains(
                            HexFormat.of()
                                    .formatHex(
                                            MessageDigest.getInstance("SHA-256")
                                                    .digest(Files.readAllBytes(file))));
            assertThat(err.toString()).contains("Export ");

            assertThat(run(backend, "--what", "orders", "--out", file.toString())).isEqualTo(2);
            assertThat(err.toString()).contains("--force replaces it");
            String id = err.toString().replaceAll("(?s).*?Export ([0-9a-f-]{36}).*", "$1");
            Path again = home.resolve("again.csv");
            assertThat(run(backend, "--id", id, "--out", again.toString())).isZero();
            assertThat(again).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void saysWhatWasWrong() throws Exception {
        try (var backend = backend()) {
            backend.token(Role.VIEWER);
            backend.token(Role.FINANCE);
            String file = home.resolve("f").toString();
            assertThat(run(backend, "--what", "orders", "--run", "7", "--out", file)).isEqualTo(1);
            assertThat(err.toString()).contains("Orders can't be chosen by 'run'");
            assertThat(run(backend, "--what", "people", "--out", file)).isEqualTo(2);
            assertThat(err.toString()).contains("--what is orders, invoices or quarantine");
            assertThat(run(backend, "--what", "orders", "--user", "a-viewer", "--out", file))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("The role VIEWER may not do this");
            assertThat(Path.of(file)).doesNotExist();
        }
    }

    private int run(RunningBackend backend, String... rest) {
        InputStream before = System.in;
        System.setIn(
                new ByteArrayInputStream(
                        (RunningBackend.PASSWORD + "\n").getBytes(StandardCharsets.UTF_8)));
        try {
            List<String> arguments =
                    new ArrayList<>(List.of("--connect", backend.uri("").toString()));
            if (!List.of(rest).contains("--user")) {
                arguments.addAll(List.of("--user", "a-finance"));
            }
            arguments.addAll(List.of(rest));
            return new CommandLine(new ExportCommand())
                    .setOut(new PrintWriter(out, true))
                    .setErr(new PrintWriter(err, true))
                    .execute(arguments.toArray(new String[0]));
        } finally {
            System.setIn(before);
        }
    }
}
