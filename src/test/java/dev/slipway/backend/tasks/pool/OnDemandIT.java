package dev.slipway.backend.tasks.pool;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.access.Role;
import dev.slipway.testing.RunningBackend;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.InstantSource;

/// The whole way: no worker runs, an export is asked for, a worker process is started for it,
/// writes it, and ends by itself. Its CPU time is counted for its type.
class OnDemandIT {
    @TempDir Path home;

    @Test
    void aWorkerComesForAJobAndGoesWhenItIsIdle() throws Exception {
        try (var backend =
                new RunningBackend(
                        home,
                        InstantSource.system(),
                        """
                        backend: {port: 0, heartbeat: 1}
                        workers: {on-demand: {types: [export.write], at-most: 1, idle: 2s}}
                        """)) {
            String token = backend.token(Role.FINANCE);
            assertThat(pool(backend, token).get("running")).isEmpty();
            var started =
                    backend.send(
                            "POST",
                            "/api/v1/exports",
                            token,
                            "{\"what\":\"INVOICES\",\"format\":\"CSV\",\"which\":{}}");
            assertThat(started.statusCode()).isEqualTo(202);
            String id = RunningBackend.json(started).get("id").asText();

            eventually("started", () -> !pool(backend, token).get("running").isEmpty());
            long pid = pool(backend, token).get("running").get(0).get("pid").asLong();
            eventually(
                    "written",
                    () ->
                            RunningBackend.json(backend.get("/api/v1/exports/" + id, token))
                                    .get("state")
                                    .asText()
                                    .equals("READY"));
            eventually("gone", () -> pool(backend, token).get("running").isEmpty());
            assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
            assertThat(pool(backend, token).get("trouble").isNull()).isTrue();

            JsonNode costs = RunningBackend.json(backend.get("/api/v1/job-costs", token));
            assertThat(costs).hasSize(1);
            assertThat(costs.get(0).get("type").asText()).isEqualTo("export.write");
            assertThat(costs.get(0).get("attempts").asLong()).isEqualTo(1);
            assertThat(costs.get(0).get("cpuMillis").asLong()).isPositive();
            assertThat(costs.get(0).get("unknown").asLong()).isZero();
        }
    }

    private static JsonNode pool(RunningBackend backend, String token) {
        return RunningBackend.json(backend.get("/api/v1/worker-pool", token));
    }
}
