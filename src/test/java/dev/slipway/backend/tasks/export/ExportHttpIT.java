package dev.slipway.backend.tasks.export;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.access.Role;
import dev.slipway.testing.RunningBackend;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/// Exports over HTTP, by the examples of the configuration that come with Slipway, with a worker in
/// the server's process.
class ExportHttpIT {
    private static final String EXPORTS = "/api/v1/exports";
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

    @TempDir static Path home;
    private static RunningBackend backend;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @BeforeAll
    static void start() throws Exception {
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

    @AfterAll
    static void stop() {
        backend.close();
    }

    private static String url(String name) {
        return "jdbc:sqlite:" + home.resolve(name + ".sqlite");
    }

    private static String resource(String name) throws IOException {
        try (InputStream in = ExportHttpIT.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static void execute(String name, String... sql) throws SQLException {
        try (var connection = DriverManager.getConnection(url(name));
                var statement = connection.createStatement()) {
            for (String one : sql) {
                statement.execute(one);
            }
        }
    }

    /// Has it written and waits for it.
    private static JsonNode export(Role role, String body) {
        var answer = backend.send("POST", EXPORTS, backend.token(role), body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        String id = RunningBackend.json(answer).get("id").asText();
        eventually("written", () -> !open(one(id)));
        return one(id);
    }

    private static boolean open(JsonNode export) {
        return List.of("QUEUED", "RUNNING").contains(export.get("state").asText());
    }

    private static JsonNode one(String id) {
        return RunningBackend.json(backend.get(EXPORTS + "/" + id, backend.token(Role.FINANCE)));
    }

    private static HttpResponse<byte[]> download(JsonNode export, Role role, String... headers)
            throws IOException, InterruptedException {
        var request =
                HttpRequest.newBuilder(
                                backend.uri(EXPORTS + "/" + export.get("id").asText() + "/file"))
                        .header("Authorization", "Bearer " + backend.token(role));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return HTTP.send(request.build(), BodyHandlers.ofByteArray());
    }

    private static List<CSVRecord> csv(byte[] bytes) throws IOException {
        return CSVFormat.RFC4180
                .builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .get()
                .parse(new java.io.StringReader(new String(bytes, StandardCharsets.UTF_8)))
                .getRecords();
    }

    /// What a raw row, as JSON, holds as its id.
    private static String id(String row) {
        return row.replaceAll(".*\"id\":\"([0-9]+)\".*", "$1");
    }

    private static List<String> sql(String name, String sql) throws SQLException {
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

    @Test
    void ordersAreThoseOfTheShopAndTheirBytesHaveTheChecksum() throws Exception {
        var export =
                export(
                        Role.FINANCE,
                        "{\"what\":\"ORDERS\",\"format\":\"CSV\",\"which\":{\"from\":\"2026-11-12\",\"to\":\"2026-11-14\",\"vendor\":\"7\"}}");
        assertThat(export.get("state").asText()).as(export.toString()).isEqualTo("READY");
        var answer = download(export, Role.FINANCE);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(
                        HexFormat.of()
                                .formatHex(
                                        MessageDigest.getInstance("SHA-256").digest(answer.body())))
                .isEqualTo(export.get("sha256").asText());
        assertThat(
                        csv(answer.body()).stream()
                                .map(r -> r.get("order_no") + " " + r.get("total"))
                                .toList())
                .isNotEmpty()
                .isEqualTo(
                        sql(
                                "shop",
                                "SELECT 'SO-' || order_id || ' ' || printf('%.2f', total_cents /"
                                        + " 100.0) FROM order_lines WHERE vendor_id = 7 AND"
                                        + " ordered_at >= '2026-11-11T23:00:00Z' AND ordered_at <"
                                        + " '2026-11-14T23:00:00Z' ORDER BY id"));
        assertThat(answer.headers().firstValue("Content-Disposition").orElse(""))
                .matches("attachment; filename=\"orders-[0-9]{8}-[0-9]{6}Z\\.csv\"");
    }

    @Test
    void ordersWithoutADateAreThereWhenNoDateWasChosen() throws Exception {
        var export =
                export(
                        Role.FINANCE,
                        "{\"what\":\"ORDERS\",\"format\":\"JSON_LINES\",\"which\":{}}");
        assertThat(export.get("rows").asInt()).isEqualTo(500);
        assertThat(
                        new String(download(export, Role.FINANCE).body(), StandardCharsets.UTF_8)
                                .lines())
                .hasSize(500)
                .anyMatch(line -> line.contains("\"ordered_at\":null"))
                .anyMatch(line -> line.contains("\"vendor\":\"=cmd\""));
    }

    @Test
    void rowsInQuarantineAreThoseOfTheTarget() throws Exception {
        String token = backend.token(Role.OPERATOR);
        var started =
                backend.send("POST", "/api/v1/migrations/runs", token, "{\"plan\":\"people\"}");
        String run = RunningBackend.json(started).get("id").asText();
        eventually(
                "copied",
                () ->
                        List.of("VALIDATED", "INVALID")
                                .contains(
                                        RunningBackend.json(
                                                        backend.get(
                                                                "/api/v1/migrations/runs/" + run,
                                                                token))
                                                .get("state")
                                                .asText()));
        var export =
                export(
                        Role.OPERATOR,
                        "{\"what\":\"QUARANTINE\",\"format\":\"CSV\",\"which\":{\"run\":\"%s\",\"column\":\"name\",\"state\":\"OPEN\"}}"
                                .formatted(run));
        assertThat(export.get("state").asText()).as(export.toString()).isEqualTo("READY");
        assertThat(
                        csv(download(export, Role.OPERATOR).body()).stream()
                                .map(r -> id(r.get("raw_row")))
                                .toList())
                .hasSize(300)
                .containsExactlyInAnyOrderElementsOf(
                        sql("legacy", "SELECT id FROM people WHERE name IS NULL"));

        var unknown =
                backend.send(
                        "POST",
                        EXPORTS,
                        token,
                        "{\"what\":\"QUARANTINE\",\"format\":\"CSV\",\"which\":{\"run\":\"none\"}}");
        assertThat(unknown.statusCode()).isEqualTo(404);
    }

    @Test
    void invoicesAreThoseOfTheStateDatabase() throws Exception {
        String token = backend.token(Role.FINANCE);
        var started =
                backend.send(
                        "POST", "/api/v1/invoice-runs", token, "{\"businessDate\":\"2026-11-14\"}");
        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        String run = RunningBackend.json(started).get("id").asText();
        eventually(
                "drafted",
                () ->
                        RunningBackend.json(backend.get("/api/v1/invoice-runs/" + run, token))
                                .get("state")
                                .asText()
                                .equals("DRAFTED"));
        var export =
                export(
                        Role.FINANCE,
                        "{\"what\":\"INVOICES\",\"format\":\"CSV\",\"which\":{\"from\":\"2026-11-14\",\"to\":\"2026-11-14\"}}");
        assertThat(export.get("state").asText()).as(export.toString()).isEqualTo("READY");
        List<String> expected = new ArrayList<>();
        try (var state =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + backend.state().resolve("state.sqlite"));
                var statement = state.createStatement();
                var row =
                        statement.executeQuery(
                                "SELECT id || ' ' || gross || ' ' || due_on FROM invoice ORDER BY position")) {
            while (row.next()) {
                expected.add(row.getString(1));
            }
        }
        var records = csv(download(export, Role.FINANCE).body());
        assertThat(
                        records.stream()
                                .map(
                                        r ->
                                                r.get("id")
                                                        + " "
                                                        + r.get("gross")
                                                        + " "
                                                        + r.get("due_on"))
                                .toList())
                .hasSize(2)
                .isEqualTo(expected);
        assertThat(records.stream().map(r -> r.get("vendor_name")).toList()).contains("'=cmd");
    }

    @Test
    void aBrokenDownloadGoesOnWhereItBroke() throws Exception {
        var export =
                export(Role.FINANCE, "{\"what\":\"ORDERS\",\"format\":\"PARQUET\",\"which\":{}}");
        byte[] whole = download(export, Role.FINANCE).body();
        String tag = "\"" + export.get("sha256").asText() + "\"";

        var rest = download(export, Role.ONCALL, "Range", "bytes=1000-", "If-Range", tag);
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.headers().firstValue("Content-Range"))
                .contains("bytes 1000-%d/%d".formatted(whole.length - 1, whole.length));
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(whole, 1000, whole.length));

        assertThat(download(export, Role.FINANCE, "Range", "bytes=5-7").body())
                .isEqualTo(Arrays.copyOfRange(whole, 5, 8));
        assertThat(download(export, Role.FINANCE, "Range", "bytes=-9").body())
                .isEqualTo(Arrays.copyOfRange(whole, whole.length - 9, whole.length));
        assertThat(download(export, Role.FINANCE, "Range", "bytes=5-99999999").body())
                .isEqualTo(Arrays.copyOfRange(whole, 5, whole.length));
        var beyond = download(export, Role.FINANCE, "Range", "bytes=" + whole.length + "-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(beyond.headers().firstValue("Content-Range"))
                .contains("bytes */" + whole.length);
        var other = download(export, Role.FINANCE, "Range", "bytes=5-", "If-Range", "\"other\"");
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.body()).isEqualTo(whole);
        for (String odd :
                List.of("bytes=a-b", "lines=1-2", "bytes=1-2,4-5", "bytes=-", "bytes=9-3")) {
            assertThat(download(export, Role.FINANCE, "Range", odd).statusCode())
                    .as(odd)
                    .isIn(200, 416);
        }
    }

    @Test
    void whoDownloadsIsInTheAuditLogAndAViewerMayNot() throws Exception {
        var export = export(Role.FINANCE, "{\"what\":\"ORDERS\",\"format\":\"CSV\",\"which\":{}}");
        assertThat(download(export, Role.VIEWER).statusCode()).isEqualTo(403);
        assertThat(download(export, Role.FINANCE).statusCode()).isEqualTo(200);
        String audit = backend.get("/api/v1/audit", backend.token(Role.ADMIN)).body();
        assertThat(audit)
                .contains("GET /api/v1/exports/{id}/file")
                .contains("export " + export.get("id").asText());
    }

    @Test
    void anExpiredOneIsGoneAndADeletedOneIsForgotten() throws Exception {
        var export = export(Role.FINANCE, "{\"what\":\"ORDERS\",\"format\":\"CSV\",\"which\":{}}");
        String id = export.get("id").asText();
        try (var state =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + backend.state().resolve("state.sqlite"));
                var statement = state.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute("UPDATE data_export SET expires_at = 1 WHERE id = '" + id + "'");
        }
        assertThat(download(export, Role.FINANCE).statusCode()).isEqualTo(410);

        var second = export(Role.FINANCE, "{\"what\":\"ORDERS\",\"format\":\"CSV\",\"which\":{}}");
        String gone = EXPORTS + "/" + second.get("id").asText();
        assertThat(backend.send("DELETE", gone, backend.token(Role.FINANCE), null).statusCode())
                .isEqualTo(200);
        assertThat(download(second, Role.FINANCE).statusCode()).isEqualTo(404);
        try (var files = Files.list(backend.state().resolve("exports"))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(second.get("id").asText()));
        }
    }

    @Test
    void aScheduleExportsTheOrdersOfItsDate() throws Exception {
        String token = backend.token(Role.FINANCE);
        var tasks = backend.get("/api/v1/schedule-tasks", token);
        assertThat(tasks.body()).contains("\"export\"");
        var added =
                backend.send(
                        "POST",
                        "/api/v1/schedules",
                        token,
                        """
                        {"name": "nightly-orders", "spec": {"cron": "0 3 * * *", "zone": "Europe/Berlin",
                         "task": "export", "parameters": {"what": "orders", "format": "jsonl"},
                         "daysBack": 1, "catchUp": "NONE", "graceMinutes": 60, "overlap": "SKIP",
                         "enabled": false}, "reason": "for the warehouse"}""");
        assertThat(added.statusCode()).as(added.body()).isLessThan(300);
        var run =
                backend.send(
                        "POST",
                        "/api/v1/schedules/nightly-orders/runs",
                        token,
                        "{\"businessDate\": \"2026-11-13\", \"reason\": \"asked for\"}");
        assertThat(run.statusCode()).as(run.body()).isLessThan(300);
        eventually(
                "exported",
                () -> backend.get(EXPORTS, token).body().contains("\"from\":\"2026-11-13\""));
    }

    @Test
    void theListIsPagedTheNewestFirst() {
        for (int i = 0; i < 3; i++) {
            export(Role.FINANCE, "{\"what\":\"INVOICES\",\"format\":\"CSV\",\"which\":{}}");
        }
        String token = backend.token(Role.VIEWER);
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page =
                    RunningBackend.json(
                            backend.get(
                                    EXPORTS
                                            + "?limit=2"
                                            + (next.isEmpty()
                                                    ? ""
                                                    : "&after=" + next.replace("|", "%7C")),
                                    token));
            page.get("items")
                    .forEach(
                            item ->
                                    seen.add(
                                            item.get("createdAt").asText()
                                                    + item.get("id").asText()));
            next = page.get("next").isNull() ? "" : page.get("next").asText();
        } while (!next.isEmpty());
        assertThat(seen).hasSizeGreaterThanOrEqualTo(3).doesNotHaveDuplicates();
    }
}
