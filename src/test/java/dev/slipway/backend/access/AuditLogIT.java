package dev.slipway.backend.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.access.Role;
import dev.slipway.backend.http.AuditTrail.Act;
import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.store.EventLog;
import dev.slipway.backend.store.StateStore;
import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.States;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

@ParameterizedClass
@EnumSource(States.class)
class AuditLogIT {
    private final States states;

    @TempDir Path home;

    AuditLogIT(States states) {
        this.states = states;
    }

    @Test
    void everyWriteGrantedOrRefusedAppears() throws IOException {
        try (var backend = new RunningBackend(states, home)) {
            String admin = backend.token(Role.ADMIN);
            String viewer = backend.token(Role.VIEWER);
            String users = "/api/v1/users";
            backend.send("POST", users, admin, RunningBackend.newUser("new", Role.VIEWER));
            backend.send("POST", users, admin, RunningBackend.newUser("new", Role.VIEWER));
            backend.send("POST", users, admin, "{}");
            backend.send("POST", users, viewer, RunningBackend.newUser("x", Role.ADMIN));
            backend.send("POST", users, null, RunningBackend.newUser("x", Role.ADMIN));
            backend.send("POST", "/api/v1/session", null, "{\"user\":\"new\",\"password\":\"no\"}");
            List<String> entries = new ArrayList<>();
            for (JsonNode entry :
                    RunningBackend.json(backend.get("/api/v1/audit?limit=6", admin)).get("items")) {
                entries.add(
                        entry.get("user").asText()
                                + " "
                                + entry.get("action").asText()
                                + " "
                                + entry.get("subject").asText()
                                + " "
                                + entry.get("status").asInt());
            }
            assertThat(entries.reversed())
                    .containsExactly(
                            "admin POST /api/v1/users new 201",
                            "admin POST /api/v1/users new 409",
                            "admin POST /api/v1/users  400",
                            "a-viewer POST /api/v1/users  403",
                            " POST /api/v1/users  401",
                            " POST /api/v1/session new 401");
        }
    }

    @Test
    void pagesGoThroughAllEntriesOnce() {
        try (var store = states.open(home)) {
            AuditLog log = log(store);
            fill(store, log, 25);
            List<Long> seen = new ArrayList<>();
            long before = Long.MAX_VALUE;
            while (before > 0) {
                var page = log.before(before, 10);
                page.items().forEach(entry -> seen.add(entry.seq()));
                before = page.next() == null ? 0 : Long.parseLong(page.next());
            }
            assertThat(seen).hasSize(25).doesNotHaveDuplicates().startsWith(25L).endsWith(1L);
        }
    }

    @Test
    void entriesCanBeNeitherChangedNorDeleted() {
        try (var store = states.open(home)) {
            fill(store, log(store), 3);
            assertThatThrownBy(() -> store.writing(h -> h.execute("UPDATE audit SET status = 200")))
                    .rootCause()
                    .hasMessageContaining("append-only");
            assertThatThrownBy(() -> store.writing(h -> h.execute("DELETE FROM audit")))
                    .rootCause()
                    .hasMessageContaining("append-only");
            assertThat(log(store).before(Long.MAX_VALUE, 10).items()).hasSize(3);
        }
    }

    @Test
    void theChainNamesAnEntryThatWasChangedBehindItsBack() {
        try (var store = states.open(home)) {
            AuditLog log = log(store);
            fill(store, log, 9);
            assertThat(log.firstBroken()).isEmpty();
            store.writing(
                    handle -> {
                        handle.execute(states.dropTrigger("audit_is_not_changed", "audit"));
                        handle.execute("UPDATE audit SET account = 'eve' WHERE seq = 5");
                    });
            assertThat(log.firstBroken().orElseThrow().seq()).isEqualTo(5);
        }
    }

    @Test
    void theChainNamesAGap() {
        try (var store = states.open(home)) {
            AuditLog log = log(store);
            fill(store, log, 9);
            store.writing(
                    handle -> {
                        handle.execute(states.dropTrigger("audit_is_not_deleted", "audit"));
                        handle.execute("DELETE FROM audit WHERE seq = 5");
                    });
            assertThat(log.firstBroken().orElseThrow().seq()).isEqualTo(6);
        }
    }

    @Test
    void theChainHoldsWhenSeveralServersWriteAtOnce() throws Exception {
        try (var here = states.open(home);
                var there = states.open(home);
                var writers = java.util.concurrent.Executors.newFixedThreadPool(4)) {
            List<java.util.concurrent.Future<?>> writing = new ArrayList<>();
            for (int w = 0; w < 4; w++) {
                StateStore store = w % 2 == 0 ? here : there;
                writing.add(writers.submit(() -> fill(store, log(store), 25)));
            }
            for (var each : writing) {
                each.get();
            }
            assertThat(log(here).before(Long.MAX_VALUE, 1).items().getFirst().seq()).isEqualTo(100);
            assertThat(log(there).firstBroken()).isEmpty();
        }
    }

    @Test
    void theFirstHashIsWhatTheFormatSays() throws Exception {
        try (var store = states.open(home)) {
            var clock = InstantSource.fixed(java.time.Instant.ofEpochMilli(1_700_000_000_000L));
            var log = new AuditLog(store, new EventLog(WireJson.mapper(), clock), clock);
            store.writing(h -> log.append(h, new Act("ann", "POST /x", "s", "r", 200)));
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            for (String part :
                    List.of(
                            "0".repeat(64),
                            "1",
                            "1700000000000",
                            "ann",
                            "POST /x",
                            "s",
                            "r",
                            "200")) {
                sha.update(new byte[] {0, 0, 0, (byte) part.length()});
                sha.update(part.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(log.before(2, 1).items().getFirst().hash())
                    .isEqualTo(HexFormat.of().formatHex(sha.digest()));
        }
    }

    private static AuditLog log(StateStore store) {
        InstantSource clock = InstantSource.system();
        return new AuditLog(store, new EventLog(WireJson.mapper(), clock), clock);
    }

    private static void fill(StateStore store, AuditLog log, int count) {
        for (int i = 1; i <= count; i++) {
            var act = new Act("ann", "POST /x", "subject " + i, "", 200);
            store.writing(handle -> log.append(handle, act));
        }
    }
}
