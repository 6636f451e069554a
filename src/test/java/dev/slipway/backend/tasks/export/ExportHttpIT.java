package dev.slipway.backend.tasks.export;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.access.Role;
import dev.slipway.testing.RunningBackend;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// Exports over HTTP, by the examples of the configuration that come with Slipway, with a worker in
/// the server's process.
class ExportHttpIT {
    private static final String EXPORTS = ExportingBackend.EXPORTS;

    @AutoClose private static ExportingBackend there;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        there = new ExportingBackend(home);
    }

    @Test
    void ordersAreThoseOfTheShopAndTheirBytesHaveTheChecksum() throws Exception {
        var export =
                there.export(
                        Role.FINANCE,
                        "{\"what\":\"ORDERS\",\"format\":\"CSV\",\"which\":{\"from\":\"2026-11-12\",\"to\":\"2026-11-14\",\"vendor\":\"7\"}}");
        assertThat(export.get("state").asText()).as(export.toString()).isEqualTo("READY");
        var answer = there.download(export, Role.FINANCE);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(
                        HexFormat.of()
                                .formatHex(
                                        MessageDigest.getInstance("SHA-256").digest(answer.body())))
                .isEqualTo(export.get("sha256").asText());
        assertThat(
                        ExportingBackend.csv(answer.body()).stream()
                                .map(r -> r.get("order_no") + " " + r.get("total"))
                                .toList())
                .isNotEmpty()
                .isEqualTo(
                        there.sql(
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
                there.export(
                        Role.FINANCE,
                        "{\"what\":\"ORDERS\",\"format\":\"JSON_LINES\",\"which\":{}}");
        assertThat(export.get("rows").asInt()).isEqualTo(500);
        assertThat(
                        new String(
                                        there.download(export, Role.FINANCE).body(),
                                        StandardCharsets.UTF_8)
                                .lines())
                .hasSize(500)
                .anyMatch(line -> line.contains("\"ordered_at\":null"))
                .anyMatch(line -> line.contains("\"vendor\":\"=cmd\""));
    }

    @Test
    void rowsInQuarantineAreThoseOfTheTarget() throws Exception {
        String token = there.backend.token(Role.OPERATOR);
        var started =
                there.backend.send(
                        "POST", "/api/v1/migrations/runs", token, "{\"plan\":\"people\"}");
        String run = RunningBackend.json(started).get("id").asText();
        eventually(
                "copied",
                () ->
                        List.of("VALIDATED", "INVALID")
                                .contains(
                                        RunningBackend.json(
                                                        there.backend.get(
                                                                "/api/v1/migrations/runs/" + run,
                                                                token))
                                                .get("state")
                                                .asText()));
        var export =
                there.export(
                        Role.OPERATOR,
                        "{\"what\":\"QUARANTINE\",\"format\":\"CSV\",\"which\":{\"run\":\"%s\",\"column\":\"name\",\"state\":\"OPEN\"}}"
                                .formatted(run));
        assertThat(export.get("state").asText()).as(export.toString()).isEqualTo("READY");
        assertThat(
                        ExportingBackend.csv(there.download(export, Role.OPERATOR).body()).stream()
                                .map(r -> id(r.get("raw_row")))
                                .toList())
                .hasSize(300)
                .containsExactlyInAnyOrderElementsOf(
                        there.sql("legacy", "SELECT id FROM people WHERE name IS NULL"));

        var unknown =
                there.backend.send(
                        "POST",
                        EXPORTS,
                        token,
                        "{\"what\":\"QUARANTINE\",\"format\":\"CSV\",\"which\":{\"run\":\"none\"}}");
        assertThat(unknown.statusCode()).isEqualTo(404);
    }

    @Test
    void invoicesAreThoseOfTheStateDatabase() throws Exception {
        String token = there.backend.token(Role.FINANCE);
        var started =
                there.backend.send(
                        "POST", "/api/v1/invoice-runs", token, "{\"businessDate\":\"2026-11-14\"}");
        assertThat(started.statusCode()).as(started.body()).isEqualTo(202);
        String run = RunningBackend.json(started).get("id").asText();
        eventually(
                "drafted",
                () ->
                        RunningBackend.json(there.backend.get("/api/v1/invoice-runs/" + run, token))
                                .get("state")
                                .asText()
                                .equals("DRAFTED"));
        var export =
                there.export(
                        Role.FINANCE,
                        "{\"what\":\"INVOICES\",\"format\":\"CSV\",\"which\":{\"from\":\"2026-11-14\",\"to\":\"2026-11-14\"}}");
        assertThat(export.get("state").asText()).as(export.toString()).isEqualTo("READY");
        List<String> expected = new ArrayList<>();
        try (var state =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + there.backend.state().resolve("state.sqlite"));
                var statement = state.createStatement();
                var row =
                        statement.executeQuery(
                                "SELECT id || ' ' || gross || ' ' || due_on FROM invoice ORDER BY position")) {
            while (row.next()) {
                expected.add(row.getString(1));
            }
        }
        var records = ExportingBackend.csv(there.download(export, Role.FINANCE).body());
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
    void aScheduleExportsTheOrdersOfItsDate() throws Exception {
        String token = there.backend.token(Role.FINANCE);
        var tasks = there.backend.get("/api/v1/schedule-tasks", token);
        assertThat(tasks.body()).contains("\"export\"");
        var added =
                there.backend.send(
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
                there.backend.send(
                        "POST",
                        "/api/v1/schedules/nightly-orders/runs",
                        token,
                        "{\"businessDate\": \"2026-11-13\", \"reason\": \"asked for\"}");
        assertThat(run.statusCode()).as(run.body()).isLessThan(300);
        eventually(
                "exported",
                () -> there.backend.get(EXPORTS, token).body().contains("\"from\":\"2026-11-13\""));
    }

    @Test
    void theListIsPagedTheNewestFirst() {
        for (int i = 0; i < 3; i++) {
            there.export(Role.FINANCE, "{\"what\":\"INVOICES\",\"format\":\"CSV\",\"which\":{}}");
        }
        String token = there.backend.token(Role.VIEWER);
        List<String> seen = new ArrayList<>();
        String next = "";
        do {
            JsonNode page =
                    RunningBackend.json(
                            there.backend.get(
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

    /// What a raw row, as JSON, holds as its id.
    private static String id(String row) {
        return row.replaceAll(".*\"id\":\"([0-9]+)\".*", "$1");
    }
}
