package dev.slipway.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;

import dev.slipway.api.access.Role;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;

/// A backend with a worker of one thread that migrates from one SQLite file, `legacy`, to another,
/// `shop`, asked by an operator over HTTP.
public final class MigratingBackend implements AutoCloseable {
    public static final String RUNS = "/api/v1/migrations/runs";

    private final Path home;
    private final RunningBackend backend;
    private final String token;

    /// @param home a folder of its own
    /// @param plan the plan `people`
    /// @param legacy what makes the source
    public MigratingBackend(States states, Path home, String plan, String legacy)
            throws IOException, SQLException {
        this.home = home;
        plan("people", plan);
        execute("legacy", legacy);
        backend =
                new RunningBackend(
                        states,
                        home,
                        InstantSource.system(),
                        """
                        backend: {port: 0, heartbeat: 1}
                        worker: {threads-in-serve: 1}
                        databases:
                          legacy: {url: "%s"}
                          shop: {url: "%s"}
                        """
                                .formatted(url("legacy"), url("shop")));
        token = backend.token(Role.OPERATOR);
    }

    /// The backend itself, to be asked as someone else.
    public RunningBackend backend() {
        return backend;
    }

    public String token() {
        return token;
    }

    /// Writes a plan, which is read when it is next asked for.
    public void plan(String name, String text) throws IOException {
        Files.createDirectories(home.resolve("plans"));
        Files.writeString(home.resolve("plans").resolve(name + ".yaml"), text);
    }

    /// Starts a run.
    ///
    /// @return its id
    public String started(String plan) {
        var answer = send(RUNS, "{\"plan\":\"" + plan + "\"}");
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return RunningBackend.json(answer).get("id").asText();
    }

    public HttpResponse<String> send(String path, String body) {
        return backend.send("POST", path, token, body);
    }

    /// What is answered to a command that must be done.
    public String post(String path, String body) {
        var answer = send(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return answer.body();
    }

    public JsonNode get(String path) {
        var answer = backend.get(path, token);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return RunningBackend.json(answer);
    }

    /// @param file `legacy` or `shop`
    public void execute(String file, String sql) throws SQLException {
        try (var connection = connect(file);
                var statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 20000");
            statement.executeUpdate(sql);
        }
    }

    /// @param file `legacy` or `shop`
    public Connection connect(String file) throws SQLException {
        return DriverManager.getConnection(url(file));
    }

    private String url(String file) {
        return "jdbc:sqlite:" + home.resolve(file + ".db");
    }

    @Override
    public void close() {
        backend.close();
    }
}
