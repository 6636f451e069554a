package dev.slipway.backend.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.slipway.testing.Postgres;
import dev.slipway.testing.States;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Both engines' schemas are one schema, told by what each database says of itself.
class SchemasIT {
    /// What only PostgreSQL has: an event is written before it is numbered, counts are kept per
    /// connection, a write can be let through alone.
    private static final Set<String> OWN =
            Set.of(
                    "event.written",
                    "failure_count.connection",
                    "failure_count.fingerprint",
                    "failure_count.first_at",
                    "failure_count.jobs",
                    "failure_count.last_at",
                    "failure_count.message",
                    "failure_count.queue",
                    "failure_count.type",
                    "queue_count.connection",
                    "queue_rate.connection");

    /// Where null means something that SQLite says otherwise.
    private static final Set<String> NULLABLE =
            Set.of(
                    "event.seq",
                    "failure_group.fingerprint",
                    "failure_group.queue",
                    "failure_group.type",
                    "failure_group.message",
                    "failure_group.jobs",
                    "failure_group.first_at",
                    "failure_group.last_at");

    @TempDir Path folder;

    @Test
    void haveTheSameTablesAndColumns() throws SQLException {
        Map<String, String> sqlite = sqlite();
        Map<String, String> postgres = postgres();
        assertThat(postgres.keySet()).containsAll(OWN);
        postgres.keySet().removeAll(OWN);
        assertThat(postgres.keySet()).isEqualTo(sqlite.keySet());
        for (String column : sqlite.keySet()) {
            String wanted = sqlite.get(column);
            assertThat(postgres.get(column))
                    .as(column)
                    .isEqualTo(
                            NULLABLE.contains(column) ? wanted.replace(" not null", "") : wanted);
        }
    }

    @Test
    void refuseEachStateThatTheOtherRefuses() throws SQLException {
        assertThat(checkedWords("SELECT sql FROM sqlite_master WHERE sql LIKE '%CHECK%'", lite()))
                .isEqualTo(
                        checkedWords(
                                "SELECT pg_get_constraintdef(oid) FROM pg_constraint"
                                        + " WHERE contype = 'c'"
                                        + " AND connamespace = 'public'::regnamespace",
                                Postgres.connect(States.database(folder))));
    }

    @Test
    void everyTextSortsByItsBytes() throws SQLException {
        try (var postgres = Postgres.connect(States.database(folder))) {
            assertThat(
                            texts(
                                    postgres,
                                    """
                                    SELECT c.relname || '.' || a.attname FROM pg_attribute a
                                    JOIN pg_class c ON c.oid = a.attrelid
                                    JOIN pg_namespace n ON n.oid = c.relnamespace
                                    JOIN pg_collation l ON l.oid = a.attcollation
                                    WHERE n.nspname = 'public' AND c.relkind = 'r'
                                      AND c.relname <> 'flyway_schema_history'
                                      AND l.collname <> 'C'"""))
                    .isEmpty();
        }
    }

    @Test
    void haveTheSameVersionsFromTheBaselineOn() throws IOException {
        assertThat(versions("sqlite")).containsAll(versions("postgres"));
        assertThat(versions("postgres"))
                .containsAll(versions("sqlite").stream().filter(v -> v > 12).toList());
    }

    private static Set<Double> versions(String engine) throws IOException {
        Set<Double> versions = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("src/main/resources/db/state/" + engine))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                String version = name.substring(1, name.indexOf("__")).replace('_', '.');
                versions.add(Double.valueOf(version));
            }
        }
        return versions;
    }

    private Connection lite() throws SQLException {
        States.SQLITE.open(folder).close();
        return DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state.sqlite"));
    }

    private Map<String, String> sqlite() throws SQLException {
        Map<String, String> columns = new TreeMap<>();
        try (var connection = lite();
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                SELECT t.name || '.' || c.name AS name, c.type,
                                    c."notnull" OR c.pk > 0 AS needed
                                FROM sqlite_master AS t, pragma_table_info(t.name) AS c
                                WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'
                                  AND t.name <> 'flyway_schema_history'""")) {
            while (rows.next()) {
                columns.put(
                        rows.getString("name"),
                        kind(rows.getString("type"))
                                + (rows.getBoolean("needed") ? " not null" : ""));
            }
        }
        return columns;
    }

    private Map<String, String> postgres() throws SQLException {
        Map<String, String> columns = new TreeMap<>();
        try (var connection = Postgres.connect(States.database(folder));
                var statement = connection.createStatement();
                var rows =
                        statement.executeQuery(
                                """
                                SELECT table_name || '.' || column_name AS name, data_type,
                                    is_nullable = 'NO' AS needed
                                FROM information_schema.columns WHERE table_schema = 'public'
                                  AND table_name <> 'flyway_schema_history'""")) {
            while (rows.next()) {
                columns.put(
                        rows.getString("name"),
                        kind(rows.getString("data_type"))
                                + (rows.getBoolean("needed") ? " not null" : ""));
            }
        }
        return columns;
    }

    private static String kind(String type) {
        return switch (type.toUpperCase(java.util.Locale.ROOT)) {
            case "INTEGER", "BIGINT" -> "whole";
            case "REAL", "DOUBLE PRECISION" -> "real";
            case "BLOB", "BYTEA" -> "bytes";
            case "TEXT" -> "text";
            default -> throw new AssertionError("a type that one engine has not: " + type);
        };
    }

    /// The words in capitals within quotes that checks name: states, levels and the like.
    private static Set<String> checkedWords(String sql, Connection connection) throws SQLException {
        Set<String> words = new TreeSet<>();
        try (connection) {
            for (String check : texts(connection, sql)) {
                for (int at = check.indexOf("CHECK");
                        at >= 0;
                        at = check.indexOf("CHECK", at + 1)) {
                    var quoted =
                            java.util.regex.Pattern.compile("'([A-Z_]+)'")
                                    .matcher(check.substring(at));
                    quoted.results().forEach(word -> words.add(word.group(1)));
                }
            }
        }
        return words;
    }

    private static List<String> texts(Connection connection, String sql) throws SQLException {
        List<String> texts = new java.util.ArrayList<>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                texts.add(rows.getString(1));
            }
        }
        return texts;
    }
}
