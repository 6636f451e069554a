package dev.slipway.backend.tasks.export;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.access.Role;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;

/// A file is downloaded by who may, from where it broke, as long as it is there.
class ExportDownloadIT {
    private static final String EXPORTS = ExportingBackend.EXPORTS;

    @AutoClose private static ExportingBackend there;

    @BeforeAll
    static void start(@TempDir Path home) throws Exception {
        there = new ExportingBackend(home);
    }

    @Test
    void aBrokenDownloadGoesOnWhereItBroke() throws Exception {
        var export =
                there.export(
                        Role.FINANCE, "{\"what\":\"ORDERS\",\"format\":\"PARQUET\",\"which\":{}}");
        byte[] whole = there.download(export, Role.FINANCE).body();
        String tag = "\"" + export.get("sha256").asText() + "\"";

        var rest = there.download(export, Role.ONCALL, "Range", "bytes=1000-", "If-Range", tag);
        assertThat(rest.statusCode()).isEqualTo(206);
        assertThat(rest.headers().firstValue("Content-Range"))
                .contains("bytes 1000-%d/%d".formatted(whole.length - 1, whole.length));
        assertThat(rest.body()).isEqualTo(Arrays.copyOfRange(whole, 1000, whole.length));

        assertThat(there.download(export, Role.FINANCE, "Range", "bytes=5-7").body())
                .isEqualTo(Arrays.copyOfRange(whole, 5, 8));
        assertThat(there.download(export, Role.FINANCE, "Range", "bytes=-9").body())
                .isEqualTo(Arrays.copyOfRange(whole, whole.length - 9, whole.length));
        assertThat(there.download(export, Role.FINANCE, "Range", "bytes=5-99999999").body())
                .isEqualTo(Arrays.copyOfRange(whole, 5, whole.length));
        var beyond = there.download(export, Role.FINANCE, "Range", "bytes=" + whole.length + "-");
        assertThat(beyond.statusCode()).isEqualTo(416);
        assertThat(beyond.headers().firstValue("Content-Range"))
                .contains("bytes */" + whole.length);
        var other =
                there.download(export, Role.FINANCE, "Range", "bytes=5-", "If-Range", "\"other\"");
        assertThat(other.statusCode()).isEqualTo(200);
        assertThat(other.body()).isEqualTo(whole);
        for (String odd :
                List.of("bytes=a-b", "lines=1-2", "bytes=1-2,4-5", "bytes=-", "bytes=9-3")) {
            assertThat(there.download(export, Role.FINANCE, "Range", odd).statusCode())
                    .as(odd)
                    .isIn(200, 416);
        }
    }

    @Test
    void whoDownloadsIsInTheAuditLogAndAViewerMayNot() throws Exception {
        var export =
                there.export(Role.FINANCE, "{\"what\":\"ORDERS\",\"format\":\"CSV\",\"which\":{}}");
        assertThat(there.download(export, Role.VIEWER).statusCode()).isEqualTo(403);
        assertThat(there.download(export, Role.FINANCE).statusCode()).isEqualTo(200);
        String audit = there.backend.get("/api/v1/audit", there.backend.token(Role.ADMIN)).body();
        assertThat(audit)
                .contains("GET /api/v1/exports/{id}/file")
                .contains("export " + export.get("id").asText());
    }

    private static String text(JsonNode export, String field) {
        return export.get(field).asText();
    }

    @Test
    void anExpiredOrLostOneIsGoneAndADeletedOneIsForgotten() throws Exception {
        var export =
                there.export(Role.FINANCE, "{\"what\":\"ORDERS\",\"format\":\"CSV\",\"which\":{}}");
        String id = export.get("id").asText();
        try (var state =
                        DriverManager.getConnection(
                                "jdbc:sqlite:" + there.backend.state().resolve("state.sqlite"));
                var statement = state.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 10000");
            statement.execute("UPDATE data_export SET expires_at = 1 WHERE id = '" + id + "'");
        }
        assertThat(there.download(export, Role.FINANCE).statusCode()).isEqualTo(410);

        var second =
                there.export(Role.FINANCE, "{\"what\":\"ORDERS\",\"format\":\"CSV\",\"which\":{}}");
        String gone = EXPORTS + "/" + second.get("id").asText();
        assertThat(
                        there.backend
                                .send("DELETE", gone, there.backend.token(Role.FINANCE), null)
                                .statusCode())
                .isEqualTo(200);
        assertThat(there.download(second, Role.FINANCE).statusCode()).isEqualTo(404);
        var third =
                there.export(Role.FINANCE, "{\"what\":\"ORDERS\",\"format\":\"CSV\",\"which\":{}}");
        try (var files = Files.list(there.backend.state().resolve("exports"))) {
            for (Path file : files.filter(f -> f.toString().contains(text(third, "id"))).toList()) {
                Files.delete(file);
            }
        }
        var refused = there.download(third, Role.FINANCE);
        assertThat(refused.statusCode()).isEqualTo(410);
        assertThat(new String(refused.body(), StandardCharsets.UTF_8))
                .contains("Start the export again.");
        // whoever looks at the list need not try it
        assertThat(
                        there.backend
                                .get(
                                        EXPORTS + "/" + text(third, "id"),
                                        there.backend.token(Role.FINANCE))
                                .body())
                .contains("READY")
                .contains("Start the export again.");

        try (var files = Files.list(there.backend.state().resolve("exports"))) {
            assertThat(files.map(f -> f.getFileName().toString()))
                    .noneMatch(name -> name.startsWith(second.get("id").asText()));
        }
    }
}
