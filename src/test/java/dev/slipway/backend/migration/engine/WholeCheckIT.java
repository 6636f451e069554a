package dev.slipway.backend.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.plan.Understood;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.config.BadFile;
import dev.slipway.config.Database;
import dev.slipway.config.Problem;
import dev.slipway.testing.MariaDb;
import dev.slipway.testing.Postgres;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/// What would only come to light at the end of a night is told before it begins: everything at
/// once, each with its line.
@ParameterizedClass
@ValueSource(booleans = {false, true})
class WholeCheckIT {
    private static final String PLAN =
            """
            name: whole-check
            schema:
              DIALECT:
                before: |
                  CREATE TABLE sale (id integer PRIMARY KEY, price integer);
                  CREATE TABLE extra (id integer PRIMARY KEY)
                after: |
                  CREATE INDEX sale_price ON sale (price);
                  CREATE VIEW dear AS SELECT * FROM sale WHERE price > 5
            steps:
              - name: sales
                source:
                  table: line
                  where: price < 100
                target: sale
                key: id
                columns:
                  id: {type: integer, on-missing: quarantine}
                  price: {type: integer}
            validations:
              - name: dear ones
                source: SELECT count(*) FROM line WHERE price > 5
                target: SELECT count(*) FROM dear
              - name: sum
                source: SELECT sum(price) FROM line
                target: SELECT sum(price) FROM sale
            """;

    @TempDir Path folder;
    @Parameter boolean servers;
    private Database source = new Database("", "", "");
    private Database target = new Database("", "", "");

    @BeforeEach
    void fill() throws Exception {
        source =
                servers
                        ? MariaDb.fresh()
                        : new Database("jdbc:sqlite:" + folder.resolve("s.db"), "", "");
        target =
                servers
                        ? Postgres.fresh()
                        : new Database("jdbc:sqlite:" + folder.resolve("t.db"), "", "");
        try (var connection = from();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE line (id INTEGER PRIMARY KEY, price INTEGER)");
            statement.execute("INSERT INTO line VALUES (1, 3), (2, 7), (3, 9)");
        }
    }

    @Test
    void aGoodPlanHasNoProblemsAndIsRunAfterItsCheck() throws Exception {
        assertThat(told(PLAN)).isEmpty();
        assertThat(tables()).isEmpty();

        Outcome outcome = run(PLAN);

        assertThat(outcome.reason()).isEmpty();
        assertThat(outcome.validated()).isTrue();
        assertThat(told(PLAN)).isEmpty();
    }

    @Test
    void aConditionIsTried() throws Exception {
        String wrong = PLAN.replace("where: price < 100", "where: prize < 100");
        assertThat(told(wrong))
                .singleElement()
                .asString()
                .startsWith("line 14: the source refuses");
        refusesToRun(wrong, "'where'");
    }

    @Test
    void theEndOfTheSchemaIsRehearsed() throws Exception {
        String wrong = PLAN.replace("ON sale (price);", "ON sale (prize);");
        assertThat(told(wrong))
                .singleElement()
                .asString()
                .startsWith("line 7: the target refuses the plan's 'after'")
                .contains("prize");
        refusesToRun(wrong, "'after'");
    }

    @Test
    void bothSidesOfTheValidationsAreTried() throws Exception {
        String wrong =
                PLAN.replace("FROM dear\n", "FROM deer\n")
                        .replace("SELECT sum(price) FROM line", "SELECT sum(prize) FROM line")
                        .replace("SELECT sum(price) FROM sale", "SELECT sum(price) FRM sale");
        assertThat(told(wrong))
                .satisfiesExactly(
                        p ->
                                assertThat(p)
                                        .startsWith("line 23: the target refuses")
                                        .contains("'dear ones'", "deer"),
                        p ->
                                assertThat(p)
                                        .startsWith("line 25: the source refuses")
                                        .contains("'sum'", "prize"),
                        p ->
                                assertThat(p)
                                        .startsWith("line 26: the target refuses")
                                        .contains("'sum'"));
        refusesToRun(wrong, "deer");
    }

    @Test
    void bothSidesMustYieldAsMuch() throws Exception {
        String wrong =
                PLAN.replace("SELECT sum(price) FROM sale", "SELECT sum(price), 1 FROM sale")
                        .replace("SELECT count(*) FROM dear", "DELETE FROM extra");
        assertThat(told(wrong))
                .satisfiesExactly(
                        p -> assertThat(p).startsWith("line 23:").contains("expected a SELECT"),
                        p ->
                                assertThat(p)
                                        .startsWith("line 26: the validation 'sum' yields 1")
                                        .endsWith("columns at the source and 2 at the target"));
    }

    @Test
    void whatIsWrongInTheTextAndInTheDatabasesComesInOneAnswer() throws Exception {
        String wrong =
                PLAN.replace("price: {type: integer}", "price: {type: intger}")
                        .replace("where: price < 100", "where: prize < 100")
                        .replace("SELECT sum(price) FROM line", "SELECT sum(prize) FROM line")
                        .replace("target: SELECT count", "targt: SELECT count");
        assertThat(told(wrong))
                .satisfiesExactly(
                        p -> assertThat(p).startsWith("line 14: the source refuses 'where'"),
                        p -> assertThat(p).startsWith("line 19: there is no type 'intger'"),
                        p -> assertThat(p).startsWith("line 21: 'target' is missing"),
                        p -> assertThat(p).startsWith("line 23: unknown key 'targt'"),
                        p -> assertThat(p).startsWith("line 25: the source refuses"));
    }

    /// However little of a plan can be understood: it is told what is wrong, and nothing breaks.
    @Test
    void everyBadPlanCanBeHeldAgainstItsDatabases() throws Exception {
        Path plans =
                Path.of(
                        java.util.Objects.requireNonNull(
                                        WholeCheckIT.class.getResource("/plans/bad"))
                                .toURI());
        try (Stream<Path> files = Files.list(plans)) {
            for (Path file : files.toList()) {
                if (!file.endsWith("not-yaml.yaml")) {
                    String yaml = Files.readString(file);
                    Understood plan = PlanReader.understand("p", yaml, plans);
                    assertThat(told(plan)).hasSizeGreaterThan(plan.problems().all().size() - 1);
                }
            }
        }
    }

    private List<String> told(String yaml) throws SQLException {
        return told(PlanReader.understand("p", dialect(yaml), folder));
    }

    private List<String> told(Understood plan) throws SQLException {
        try (var from = Sources.open(source);
                var to = Targets.reading(target)) {
            var found = new Preparation(plan.plan(), from, to, Converters.STANDARD).check(true);
            return plan.with(found.all()).stream().map(Problem::toString).toList();
        }
    }

    private String dialect(String yaml) {
        return yaml.replace("DIALECT", servers ? "postgresql" : "sqlite");
    }

    private void refusesToRun(String yaml, String why) throws Exception {
        assertThatThrownBy(() -> run(yaml)).isInstanceOf(BadFile.class).hasMessageContaining(why);
        assertThat(tables()).doesNotContain("sale", "dear");
    }

    private Outcome run(String yaml) throws Exception {
        try (var from = Sources.open(source);
                var to = Targets.open(target)) {
            return new Engine(
                            PlanReader.read("p", dialect(yaml), folder),
                            from,
                            to,
                            Converters.STANDARD,
                            Listener.NONE,
                            Control.GO_ON,
                            InstantSource.system(),
                            new Worker("here"))
                    .run("whole-check");
        }
    }

    private List<String> tables() throws SQLException {
        try (var to = Targets.reading(target)) {
            return to.tables();
        }
    }

    private Connection from() throws SQLException {
        return servers ? MariaDb.connect(source) : DriverManager.getConnection(source.url());
    }
}
