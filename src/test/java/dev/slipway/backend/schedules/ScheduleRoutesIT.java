package dev.slipway.backend.schedules;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.access.Role;
import dev.slipway.config.BadFile;
import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.TestClock;

import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;

/// Schedules over HTTP, in a whole backend with its loop and a worker: the audit log's check as the
/// task that every backend has.
class ScheduleRoutesIT {
    private static final String CONFIGURATION =
            """
            backend: {port: 0, heartbeat: 1}
            worker: {threads-in-serve: 1}
            schedules:
              audit-check: {cron: "0 3 * * *", zone: Europe/Berlin, task: audit.check}
            """;
    private static final String SPEC =
            """
            {"cron": "%s", "zone": "Europe/Berlin", "task": "audit.check", "parameters": {},
             "daysBack": 1, "catchUp": "LATEST", "graceMinutes": 60, "overlap": "WAIT",
             "enabled": true}""";

    @TempDir Path home;
    private final TestClock clock = new TestClock(Instant.parse("2026-03-28T12:00:00Z"));
    private RunningBackend backend;

    @BeforeEach
    void start() throws IOException {
        backend = new RunningBackend(home, clock, CONFIGURATION);
    }

    @AfterEach
    void stop() {
        backend.close();
    }

    @Test
    void theConfiguredScheduleRunsAndItsJobIsDone() throws Exception {
        JsonNode schedule = get("/api/v1/schedules").get(0);
        assertThat(schedule.get("name").asText()).isEqualTo("audit-check");
        assertThat(schedule.get("changedBy").asText()).isEqualTo("configuration");
        assertThat(schedule.get("words").asText()).isEqualTo("every day at 03:00");
        // 3 o'clock on the day of the change, in a zone that has left 2 o'clock out
        assertThat(schedule.at("/next/0/at").asText()).isEqualTo("2026-03-29T01:00:00Z");
        assertThat(schedule.get("next")).hasSize(10);

        clock.set(Instant.parse("2026-03-28T12:01:00Z"));
        assertThat(send("POST", "/audit-check/runs", ofDate("2026-03-27")).statusCode())
                .isEqualTo(200);
        eventually(
                "the run is done",
                () ->
                        get("/api/v1/schedules/audit-check/runs")
                                .at("/items/0/state")
                                .asText()
                                .equals("DONE"));
        var again = send("POST", "/audit-check/runs", ofDate("2026-03-27"));
        assertThat(again.statusCode()).isEqualTo(409);
        assertThat(again.body()).contains("has run already");
        assertThat(jobs()).isEqualTo(1);
    }

    @Test
    void whatPeopleMadeOfAConfiguredScheduleOutlastsARestart() throws IOException {
        send("PUT", "/audit-check", change("0 5 * * *", 1));
        backend.restart();
        assertThat(get("/api/v1/schedules/audit-check").at("/spec/cron").asText())
                .isEqualTo("0 5 * * *");
        send("DELETE", "/audit-check", "{\"reason\": \"not wanted\"}");
        backend.restart();
        assertThat(get("/api/v1/schedules")).isEmpty();
    }

    @Test
    void aChangeIsAuditedWithBeforeAndAfterAndCanBeUndone() {
        var changed = send("PUT", "/audit-check", change("0 5 * * *", 1));
        assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
        assertThat(get("/api/v1/audit").at("/items/0/reason").asText())
                .isEqualTo("later · cron: 0 3 * * * → 0 5 * * *");

        var overtaken = send("PUT", "/audit-check", change("0 6 * * *", 1));
        assertThat(overtaken.statusCode()).isEqualTo(409);
        assertThat(overtaken.body()).contains("changed the schedule meanwhile");

        var undone =
                send(
                        "POST",
                        "/audit-check/restore",
                        "{\"version\": 1, \"expected\": 2, \"reason\": \"\"}");
        assertThat(RunningBackend.json(undone).at("/spec/cron").asText()).isEqualTo("0 3 * * *");
        JsonNode versions = get("/api/v1/schedules/audit-check/versions").get("items");
        assertThat(versions.findValuesAsText("change"))
                .containsExactly(
                        "as version 1 again: cron: 0 5 * * * → 0 3 * * *",
                        "cron: 0 3 * * * → 0 5 * * *",
                        "added");

        send("DELETE", "/audit-check", "{\"reason\": \"\"}");
        assertThat(get("/api/v1/schedules")).isEmpty();
        assertThat(send("POST", "", add("audit-check", "0 3 * * *")).body())
                .contains("Restore it from its history");
        var back =
                send(
                        "POST",
                        "/audit-check/restore",
                        "{\"version\": 3, \"expected\": 4, \"reason\": \"\"}");
        assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
        assertThat(get("/api/v1/schedules")).hasSize(1);
    }

    @Test
    void thePauseOfARemovedScheduleIsOverWhenItComesBack() {
        send("POST", "/audit-check/pause", "{\"reason\": \"x\"}");
        assertThat(get("/api/v1/holds").toString()).contains("audit-check");
        send("DELETE", "/audit-check", "{\"reason\": \"\"}");

        var back =
                send(
                        "POST",
                        "/audit-check/restore",
                        "{\"version\": 1, \"expected\": 2, \"reason\": \"\"}");

        assertThat(back.statusCode()).as(back.body()).isEqualTo(200);
        assertThat(RunningBackend.json(back).path("pause").isNull()).as(back.body()).isTrue();
        assertThat(get("/api/v1/holds").toString()).doesNotContain("audit-check");
        assertThat(get("/api/v1/schedules/audit-check").path("pause").isNull()).isTrue();
    }

    @Test
    void wrongInputIsNamedByItsFieldAndChangesNothing() {
        assertWrong(add("nightly", "0 25 * * *"), "/spec/cron");
        assertWrong(add("Nightly!", "0 2 * * *"), "/name");
        assertWrong(add("nightly", "0 2 * * *").replace("Europe/Berlin", "Berlin"), "/spec/zone");
        assertWrong(add("nightly", "0 2 * * *").replace("audit.check", "none"), "/spec/task");
        assertWrong(
                add("nightly", "0 2 * * *").replace("\"daysBack\": 1", "\"daysBack\": -1"),
                "/spec/daysBack");
        assertWrong(
                add("nightly", "0 2 * * *").replace("\"graceMinutes\": 60", "\"graceMinutes\": 0"),
                "/spec/graceMinutes");
        assertWrong(
                add("nightly", "0 2 * * *").replace("{},", "{\"speed\": \"9\"},"),
                "/spec/parameters/speed");
        assertThat(get("/api/v1/schedules")).hasSize(1);
    }

    @Test
    void previewTellsTheNextDatesAndWhatIsWrong() {
        JsonNode preview = preview("30 2 * * *", "Europe/Berlin");
        assertThat(preview.get("words").asText()).isEqualTo("every day at 02:30");
        assertThat(preview.get("next")).hasSize(10);
        assertThat(preview.at("/next/0/note").asText()).contains("02:30 does not exist");
        assertThat(preview.at("/next/0/offset").asText()).isEqualTo("+02:00");
        JsonNode wrong = preview("30 2 * *", "Europe/Berlin");
        assertThat(wrong.get("field").asText()).isEqualTo("cron");
        assertThat(wrong.get("problem").asText()).startsWith("Five fields");
        assertThat(preview("30 2 * * *", "Mars/Olympus").get("field").asText()).isEqualTo("zone");
    }

    @Test
    void theTaskSaysWhoMayRunItAndWhoWatchesMayHoldIt() {
        String finance = backend.token(Role.FINANCE);
        String operator = backend.token(Role.OPERATOR);
        String path = "/api/v1/schedules/audit-check";
        assertThat(backend.send("POST", path + "/runs", finance, ofDate("2026-03-27")).statusCode())
                .isEqualTo(403);
        assertThat(backend.send("PUT", path, finance, change("0 5 * * *", 1)).statusCode())
                .isEqualTo(403);
        assertThat(
                        backend.send("POST", path + "/pause", finance, "{\"reason\": \"x\"}")
                                .statusCode())
                .isEqualTo(403);
        var paused = backend.send("POST", path + "/pause", operator, "{\"reason\": \"x\"}");
        assertThat(paused.statusCode()).isEqualTo(200);
        assertThat(RunningBackend.json(paused).at("/pause/by").asText()).isEqualTo("a-operator");
        assertThat(
                        backend.send("POST", path + "/resume", operator, "{\"reason\": \"\"}")
                                .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theStreamAndTheSnapshotTellOfASkippedDate() throws Exception {
        String viewer = backend.token(Role.VIEWER);
        try (var stream = backend.stream(viewer, null)) {
            send("POST", "/audit-check/skip", ofDate("2026-03-28"));
            assertThat(get("/api/v1/snapshot").toString()).contains("\"audit-check|2026-03-28\"");
            stream.next(
                    event ->
                            event.data().contains("\"schedule-run\"")
                                    && event.data().contains("SKIPPED"));
        }
    }

    @Test
    void aWrongSectionIsRefusedWithItsLines(@TempDir Path other) {
        Assertions.assertThatThrownBy(
                        () ->
                                new RunningBackend(
                                                other,
                                                clock,
                                                """
                                                backend: {port: 0}
                                                schedules:
                                                  nightly:
                                                    cron: "0 2 * *"
                                                    zone: Europe/Berlin
                                                    task: audit.check
                                                  invoices:
                                                    cron: "0 2 * * *"
                                                    zone: Europe/Berlin
                                                    task: invoices.draft
                                                    catchup: all
                                                """)
                                        .close())
                .isInstanceOf(BadFile.class)
                .hasMessageContaining("line 4: Five")
                .hasMessageContaining("line 10: There is no task")
                .hasMessageContaining("'catchup'");
    }

    private JsonNode preview(String cron, String zone) {
        return get(
                "/api/v1/schedule-preview?daysBack=1&cron="
                        + URLEncoder.encode(cron, StandardCharsets.UTF_8)
                        + "&zone="
                        + URLEncoder.encode(zone, StandardCharsets.UTF_8));
    }

    private void assertWrong(String body, String field) {
        var answer = send("POST", "", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        assertThat(RunningBackend.json(answer).at("/errors/0/field").asText()).isEqualTo(field);
    }

    private static String add(String name, String cron) {
        return "{\"name\": \"%s\", \"spec\": %s, \"reason\": \"\"}"
                .formatted(name, SPEC.formatted(cron));
    }

    private static String change(String cron, int expected) {
        return "{\"spec\": %s, \"expected\": %d, \"reason\": \"later\"}"
                .formatted(SPEC.formatted(cron), expected);
    }

    private static String ofDate(String date) {
        return "{\"businessDate\": \"%s\", \"reason\": \"\"}".formatted(date);
    }

    private int jobs() {
        return get("/api/v1/jobs?type=audit.check").get("items").size();
    }

    private JsonNode get(String path) {
        return RunningBackend.json(backend.get(path, backend.token(Role.ADMIN)));
    }

    private HttpResponse<String> send(String method, String path, String body) {
        return backend.send(method, "/api/v1/schedules" + path, backend.token(Role.ADMIN), body);
    }
}
