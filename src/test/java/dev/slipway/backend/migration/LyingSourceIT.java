package dev.slipway.backend.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.engine.Outcome;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.config.Database;
import dev.slipway.testing.MariaDb;
import dev.slipway.testing.Postgres;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;

/// A source whose columns hold something else than they say: each value is converted by a rule or
/// quarantined with its reason, and no run is sunk by it.
class LyingSourceIT {
    @TempDir Path folder;
    private int sources;

    /// SQLite keeps anything in any column.
    @Test
    void sqlite() throws Exception {
        LyingSource lies =
                new LyingSource()
                        .inAnyText()
                        .refused("n", "X'FF00'")
                        .refused("n", "9e999")
                        .refused("n", "-9e999")
                        .refused("n", "1.5")
                        .refused("n", "CAST(X'C328' AS TEXT)")
                        .becomes("n", "3.0", "3")
                        .becomes("n", "0.0 / 0.0", "null")
                        .refused("day", "20230101")
                        .refused("day", "X'00'")
                        .refused("day", "9e999")
                        .refused("price", "9e999")
                        .refused("price", "X'80'")
                        .refused("flag", "2")
                        .becomes("flag", "1", "t")
                        .refused("flag", "CAST(X'FF' AS TEXT)")
                        .refused("state", "CAST(X'6FFF' AS TEXT)")
                        .refused("mail", "CAST(X'61FF40622E6465' AS TEXT)")
                        .refused("mail", "'a' || char(0) || '@b.de'")
                        .refused("doc", "CAST(X'225BFF5D22' AS TEXT)")
                        .refused("doc", "X'FF'")
                        .refused("name", "CAST(X'C328' AS TEXT)")
                        .refused("name", "CAST(X'EDA080' AS TEXT)")
                        .refused("name", "X'FFFE'")
                        .refused("name", "'a' || char(0) || 'b'")
                        .becomes("name", "4711", "4711")
                        .becomes("name", "X'C3A4'", "ä")
                        .becomes("mended", "CAST(X'E4' AS TEXT)", "ä")
                        .becomes("mended", "CAST(X'C383C2A4' AS TEXT)", "ä")
                        .refused("mended", "'a' || char(0) || 'b'");
        Database source = sqliteFile();
        try (var connection = DriverManager.getConnection(source.url())) {
            fill(
                    connection,
                    "CREATE TABLE fact (id INTEGER PRIMARY KEY, n INTEGER, day DATE, at DATETIME,"
                            + " price DECIMAL(12,2), flag BOOLEAN, state VARCHAR(10), mail TEXT, doc"
                            + " TEXT, name VARCHAR(20), mended TEXT)",
                    lies);
        }
        allAccountedFor(source, "table: fact", lies);
    }

    /// A server that minds nothing: text in every column, Latin-1 that holds UTF-8.
    @Test
    void mariaDb() throws Exception {
        LyingSource lies =
                new LyingSource()
                        .inAnyText()
                        .refused("name", "CONCAT('a', CHAR(0), 'b')")
                        .refused("mail", "CONCAT('a', CHAR(0), '@b.de')")
                        .becomes("name", "_latin1 X'80E4'", "€ä")
                        .becomes("name", "_latin1 X'C3A4'", "Ã¤")
                        .becomes("mended", "_latin1 X'C3A4'", "ä")
                        .becomes("mended", "_latin1 X'E282AC'", "€")
                        .becomes("mended", "_latin1 X'E4'", "ä")
                        .refused("mended", "CONCAT('a', CHAR(0), 'b')");
        Database source = MariaDb.fresh();
        try (var connection = MariaDb.connect(source)) {
            fill(
                    connection,
                    "CREATE TABLE fact (id INT PRIMARY KEY, n LONGTEXT, day LONGTEXT, at LONGTEXT,"
                            + " price LONGTEXT, flag LONGTEXT, state LONGTEXT, mail LONGTEXT, doc"
                            + " LONGTEXT, name LONGTEXT, mended LONGTEXT) CHARSET latin1",
                    lies);
        }
        allAccountedFor(source, "table: fact", lies);
    }

    /// What the engine computes is of a type that no one declared.
    @Test
    void whatAViewMakesOfTypes() throws Exception {
        var lies =
                new LyingSource()
                        .becomes("n", "CAST('00012' AS CHAR)", "12")
                        .refused("n", "CAST(-1 AS UNSIGNED)")
                        .refused("n", "1.7976931348623157e308")
                        .refused("n", "1.5")
                        .becomes("n", "1 / 0", "null")
                        .becomes("n", "b'101' + 0", "5")
                        .refused("n", "TIME '838:59:59'")
                        .refused("day", "12345678901234567890")
                        .refused("day", "TIME '01:00:00'")
                        .becomes("day", "DATE '2024-02-29'", "2024-02-29")
                        .refused("at", "ST_GeomFromText('POINT(1 1)')")
                        .refused("price", "1.7976931348623157e308")
                        .refused("price", "CAST(REPEAT('9', 65) AS DECIMAL(65, 0))")
                        .becomes("price", "CAST(1.10 AS DECIMAL(65, 30))", "1.10")
                        .refused("flag", "b'11'")
                        .refused("name", "X'FF00'")
                        .refused("doc", "JSON_ARRAY(1) + 0 + 1e300 * 1e10")
                        .becomes("doc", "JSON_OBJECT('k', 1)", "{\"k\": 1}");
        Database source = MariaDb.fresh();
        for (int id = 1; id <= lies.rows().size(); id++) {
            String select =
                    lies.insert(id, lies.rows().get(id - 1))
                            .replaceFirst("^INSERT INTO fact VALUES \\(", "SELECT ")
                            .replaceFirst("\\)$", "");
            // in one view all rows would have one type
            try (var connection = MariaDb.connect(source);
                    var statement = connection.createStatement()) {
                statement.execute(
                        "CREATE VIEW v%d (id, n, day, at, price, flag, state, mail, doc, name, mended) AS %s"
                                .formatted(id, select));
            }
            var one = new LyingSource();
            one.rows().add(lies.rows().get(id - 1));
            allAccountedFor(source, "table: v" + id, one, id);
        }
    }

    /// A column that is declared a number and names the rows by words.
    @ParameterizedTest
    @ValueSource(strings = {"'abc'", "'9' || '.5x'", "1.5", "9223372036854775807", "'ä'"})
    void aKeyThatIsNoNumber(String odd) throws Exception {
        Database source = sqliteFile();
        try (var connection = DriverManager.getConnection(source.url());
                var statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE fact (id INT PRIMARY KEY, name TEXT)");
            for (int id = 1; id <= 20; id++) {
                statement.executeUpdate("INSERT INTO fact VALUES (" + id + ", 'x')");
            }
            statement.executeUpdate("INSERT INTO fact VALUES (" + odd + ", 'odd')");
        }
        Database target = Postgres.fresh();
        Outcome outcome = run(KEYED, source, target);

        assertThat(outcome.reason()).isEmpty();
        assertThat(outcome.state()).isEqualTo(RunState.VALIDATED);
        try (var connection = Postgres.connect(target)) {
            assertThat(PlanRun.ask(connection, "SELECT count(*) FROM fact WHERE name = 'odd'"))
                    .isEqualTo("1");
            assertThat(PlanRun.ask(connection, "SELECT count(*) FROM fact")).isEqualTo("21");
        }
    }

    /// A key that can't be compared is no key: better no run than a lost row.
    @ParameterizedTest
    @ValueSource(strings = {"X'00FF'", "NULL", "X''"})
    void aKeyThatCanNotBeCompared(String odd) throws Exception {
        Database source = sqliteFile();
        try (var connection = DriverManager.getConnection(source.url());
                var statement = connection.createStatement()) {
            statement.executeUpdate("CREATE TABLE fact (id TEXT PRIMARY KEY, name TEXT)");
            statement.executeUpdate("INSERT INTO fact VALUES ('a', 'x'), (" + odd + ", 'odd')");
        }
        Database target = Postgres.fresh();

        assertThatThrownBy(() -> run(KEYED, source, target))
                .hasMessageContaining("the key [id]")
                .hasMessageContaining("in 1 row(s)");
    }

    private static final String KEYED =
            """
            name: keyed
            schema: {postgresql: {before: "CREATE TABLE fact (id text PRIMARY KEY, name text)"}}
            steps:
              - name: facts
                source: {table: fact}
                target: fact
                chunk-rows: 5
                columns:
                  id: {type: text, on-missing: quarantine}
                  name: {type: text, on-missing: "null"}
            """;

    private static void fill(Connection connection, String table, LyingSource lies)
            throws Exception {
        try (var statement = connection.createStatement()) {
            statement.execute(table);
            int id = 0;
            for (LyingSource.Odd odd : lies.rows()) {
                statement.execute(lies.insert(++id, odd));
            }
        }
    }

    private void allAccountedFor(Database source, String from, LyingSource lies) throws Exception {
        allAccountedFor(source, from, lies, 1);
    }

    private void allAccountedFor(Database source, String from, LyingSource lies, int first)
            throws Exception {
        Database target = Postgres.fresh();
        Outcome outcome = run(LyingSource.PLAN.replace("SOURCE", from), source, target);

        assertThat(outcome.reason()).as(String.valueOf(outcome.validations())).isEmpty();
        assertThat(outcome.state()).isEqualTo(RunState.VALIDATED);
        StepProgress step = outcome.steps().getFirst();
        long refused = lies.rows().stream().filter(LyingSource.Odd::refused).count();
        assertThat(step.read()).isEqualTo(lies.rows().size());
        try (var connection = Postgres.connect(target)) {
            PlanRun.ask(connection, "SELECT set_config('TimeZone', 'UTC', false)");
            int id = first;
            for (LyingSource.Odd odd : lies.rows()) {
                String shown = odd.toString().substring(0, Math.min(100, odd.toString().length()));
                if (odd.refused()) {
                    assertThat(PlanRun.ask(connection, quarantined(id)))
                            .as(shown)
                            .startsWith(odd.column() + "|")
                            .doesNotEndWith("|");
                } else {
                    String sql = "SELECT " + odd.column() + "::text FROM fact WHERE id = " + id;
                    assertThat(PlanRun.ask(connection, sql)).as(shown).isEqualTo(odd.becomes());
                }
                id++;
            }
        }
        assertThat(step.quarantined()).isEqualTo(refused);
        assertThat(step.written()).isEqualTo(lies.rows().size() - refused);
    }

    private static String quarantined(int id) {
        return "SELECT column_name, rule, reason FROM slipway_ledger.quarantine WHERE row_key = '"
                + id
                + "'";
    }

    private Outcome run(String yaml, Database source, Database target) throws Exception {
        var plan = PlanReader.read("lying.yaml", yaml, folder);
        return PlanRun.run(plan, source, target, Converters.STANDARD);
    }

    private Database sqliteFile() {
        return new Database("jdbc:sqlite:" + folder.resolve("legacy" + ++sources + ".db"), "", "");
    }
}
