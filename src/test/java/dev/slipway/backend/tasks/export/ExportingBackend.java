package dev.slipway.backend.tasks.export;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.access.Role;
import dev.slipway.testing.RunningBackend;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.flywaydb.core.Flyway;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/// A backend with a shop, a legacy database and a plan, for exports over HTTP.
final class ExportingBackend implements AutoCloseable {
    static final String EXPORTS = "/api/v1/exports";
    private static final String PLAN =
            """
            name: people
            source: legacy
            target: moved
            schema:
              sqlite:
                before: CREATE TABLE person (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT
            steps:
              - name: people
                source: {table: people}
                target: person
                columns:
                  id: {type: integer, on-missing: quarantine}
                  name: {type: text, trim: both, on-missing: quarantine}
            """;
    private final HttpClient http = HttpClient.newHttpClient();
    private final Path home;
    final RunningBackend backend;

    ExportingBackend(Path home) throws Exception {
        this.home = home;
        Flyway.configure()
                .dataSource(url("shop"), "", "")
                .locations("classpath:db/shop")
                .load()
                .migrate();
        execute(
                "shop",
                "INSERT INTO vendors VALUES (7, 'v7', 'Händler 7', 'v7@vendor.example', 'DE', 1250,"
                        + " 'active', NULL), (8, 'v8', '=cmd', NULL, 'FR', NULL, 'active', NULL)",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT"
                        + " INTO orders (id, number, buyer_name, status, ordered_at) SELECT i, 'SO-' ||"
                        + " i, 'x', 'paid', '2026-11-20T12:00:00Z' FROM n",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500) INSERT"
                        + " INTO order_lines (id, order_id, sku, vendor_id, title, quantity,"
                        + " unit_cents, total_cents, status, ordered_at) SELECT i, i, 'S' || i, 7 + i %"
                        + " 2, 'Becher', 2, i, 2 * i, 'paid', CASE WHEN i % 50 = 0 THEN NULL ELSE"
                        + " '2026-11-' || (10 + i % 15) || 'T12:00:00Z' END FROM n");
        execute(
                "legacy",
                "CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT)",
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 900) INSERT"
                        + " INTO people SELECT i, CASE WHEN i % 3 = 0 THEN NULL ELSE 'p' || i END FROM"
                        + " n");
        Files.createDirectories(home.resolve("plans"));
        Files.writeString(home.resolve("plans/people.yaml"), PLAN);
        backend =
                new RunningBackend(
                        home,
                        InstantSource.system(),
                        """
                        backend: {port: 0, heartbeat: 1}
                        worker: {threads-in-serve: 2}
                        databases:
                          legacy: {url: "%s"}
                          shop: {url: "%s"}
                          moved: {url: "%s"}
                        """
                                        .formatted(url("legacy"), url("shop"), url("moved"))
                                + resource("/assets/exports/example.yaml")
                                + "\n"
                                + resource("/assets/invoicing/example.yaml"));
    }

    private String url(String name) {
        return "jdbc:sqlite:" + home.resolve(name + ".sqlite");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ExportingBackend.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private void execute(String name, String... sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url(name));
                var statement = connection.createStatement()) {
            for (String one : sql) {
                statement.execute(one);
            }
        }
    }

    /// Has it written and waits for it.
    JsonNode export(Role role, String body) {
        var answer = backend.send("POST", EXPORTS, backend.token(role), body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        String id = RunningBackend.json(answer).get("id").asText();
        eventually("written", () -> !open(one(id)));
        return one(id);
    }

    private static boolean open(JsonNode export) {
        return List.of("QUEUED", "RUNNING").contains(export.get("state").asText());
    }

    private JsonNode one(String id) {
        return RunningBackend.json(backend.get(EXPORTS + "/" + id, backend.token(Role.FINANCE)));
    }

    HttpResponse<byte[]> download(JsonNode export, Role role, String... headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(
                                backend.uri(EXPORTS + "/" + export.get("id").asText() + "/file"))
                        .header("Authorization", "Bearer " + backend.token(role));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    static List<CSVRecord> csv(byte[] bytes) throws IOException {
        return CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new java.io.StringReader(new String(bytes, StandardCharsets.UTF_8)))
                .getRecords();
    }

    List<String> sql(String name, String sql) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (var connection = DriverManager.getConnection(url(name));
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            while (row.next()) {
                rows.add(row.getString(1));
            }
        }
        return rows;
    }

    @Override
    public void close() {
        http.close();
        backend.close();
    }
}
