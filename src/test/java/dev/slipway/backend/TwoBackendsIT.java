package dev.slipway.backend;

import static dev.slipway.testing.Eventually.eventually;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.access.Role;
import dev.slipway.backend.access.AuditLog;
import dev.slipway.backend.http.WireJson;
import dev.slipway.backend.store.EventLog;
import dev.slipway.testing.EventStream;
import dev.slipway.testing.RunningBackend;
import dev.slipway.testing.ServedBackend;
import dev.slipway.testing.SlipwayProcess;
import dev.slipway.testing.States;
import dev.slipway.testing.StubbornClient;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Two servers and two workers, each a process with a folder of its own, on one PostgreSQL.
class TwoBackendsIT {
    private static final int WRITES = 15;

    @TempDir Path home;

    @Test
    void whatIsWrittenThroughOneIsToldByTheOtherAndADeadOneIsReplaced() throws Exception {
        Path shared = home.resolve("shared");
        Path a = Files.createDirectory(home.resolve("a"));
        Path b = Files.createDirectory(home.resolve("b"));
        try (var first = ServedBackend.start(a, States.POSTGRES, shared, "");
                var second = ServedBackend.start(b, States.POSTGRES, shared, "");
                var worker =
                        SlipwayProcess.start("worker", "--with-parent", "--home", a.toString());
                var other =
                        SlipwayProcess.start("worker", "--with-parent", "--home", b.toString());
                var http = HttpClient.newHttpClient();
                var store = States.POSTGRES.open(shared)) {
            worker.awaitReady();
            other.awaitReady();
            assertThat(a.resolve("state/admin-secret")).exists();
            assertThat(b.resolve("state/admin-secret")).doesNotExist();

            var toFirst = new StubbornClient(first.uri(), first.token());
            var toSecond = new StubbornClient(second.uri(), second.token());
            try (var stream =
                    new EventStream(
                            http, second.uri().resolve("/api/v1/stream"), second.token(), null)) {
                stream.next("heartbeat");
                toFirst.write("POST", "/api/v1/users", RunningBackend.newUser("x", Role.VIEWER));
                JsonNode told =
                        stream.next(
                                        e ->
                                                e.name().equals("change")
                                                        && e.json()
                                                                .at("/value/subject")
                                                                .asText()
                                                                .equals("x"))
                                .json();
                assertThat(told.at("/value/action").asText()).isEqualTo("POST /api/v1/users");
            }

            writeThroughBoth(toFirst, toSecond);
            var audit =
                    new AuditLog(
                            store,
                            new EventLog(WireJson.mapper(), InstantSource.system()),
                            InstantSource.system());
            assertThat(audit.firstBroken()).isEmpty();
            eventually("both workers tell that they live", () -> count(shared, "worker") == 2);

            assertThat(tasks(shared)).contains("2 servers").contains("1 queue-watch");
            first.kill();
            eventually(
                    "the one that lives does what the dead one did",
                    () ->
                            tasks(shared).contains("1 servers")
                                    && tasks(shared).contains("1 queue-watch"));
            toSecond.write("POST", "/api/v1/users", RunningBackend.newUser("late", Role.VIEWER));
            assertThat(count(shared, "account")).isEqualTo(4 + 2 * WRITES);
        }
    }

    /// A server that starts, or lives on, leaves what another one has under way alone.
    private static void writeThroughBoth(StubbornClient first, StubbornClient second)
            throws Exception {
        try (var writers = Executors.newFixedThreadPool(2)) {
            List<Future<?>> writing = new ArrayList<>();
            for (StubbornClient client : List.of(first, second)) {
                String name = client == first ? "first" : "second";
                writing.add(
                        writers.submit(
                                () -> {
                                    for (int i = 0; i < WRITES; i++) {
                                        var made =
                                                client.write(
                                                        "POST",
                                                        "/api/v1/users",
                                                        RunningBackend.newUser(
                                                                name + i, Role.VIEWER));
                                        assertThat(made.status()).isEqualTo(201);
                                    }
                                }));
            }
            for (Future<?> each : writing) {
                each.get();
            }
        }
    }

    private static long count(Path shared, String table) {
        return number(shared, "SELECT count(*) FROM " + table);
    }

    /// Who has which turn, told by PostgreSQL's own list of locks.
    private static String tasks(Path shared) {
        String locks =
                "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database ="
                        + " (SELECT oid FROM pg_database WHERE datname = current_database())";
        long watch = number(shared, locks + " AND objid = hashtext('queue-watch')::oid");
        long launch = number(shared, locks + " AND objid = hashtext('launch')::oid");
        long all =
                number(
                        shared,
                        "SELECT count(DISTINCT pid) FROM ("
                                + locks.replace("count(*)", "pid")
                                + ") AS l");
        assertThat(launch).isLessThanOrEqualTo(1);
        return all + " servers, " + watch + " queue-watch";
    }

    private static long number(Path shared, String sql) {
        try (var connection = dev.slipway.testing.Postgres.connect(States.database(shared));
                var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
