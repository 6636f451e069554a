package dev.slipway.backend.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.migration.RunState;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.config.Database;
import dev.slipway.testing.Engines;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Whoever is told to empty the target empties the plan's tables, and nothing of Slipway's own:
/// that is enough. What is not empty is never taken for it.
@ParameterizedClass
@EnumSource(names = {"SQLITE", "POSTGRES"})
class EmptiedIT {
    private static final int ROWS = 60;

    /// %1$s is the target's dialect.
    private static final String PLAN =
            """
            name: two-tables
            schema:
              %1$s:
                before: |
                  CREATE TABLE town (id integer PRIMARY KEY, name text NOT NULL);
                  CREATE TABLE house (id integer PRIMARY KEY, town_id integer NOT NULL);
                after: CREATE INDEX house_town ON house (town_id)
            steps:
              - name: towns
                source: {table: place}
                target: town
                chunk-rows: 10
                match: {town: {columns: [town]}}
                merge: town
                columns:
                  id: {type: generated}
                  name: {type: text, from: town, on-missing: quarantine}
              - name: houses
                source: {table: place}
                target: house
                chunk-rows: 10
                columns:
                  id: {type: integer, on-missing: quarantine}
                  town_id: {type: lookup, from: town, step: towns, by: town, on-missing: quarantine}
            """;

    private static final String CHANGED = "description: changed\n" + PLAN;

    private final Engines engine;
    @TempDir Path folder;
    private final List<String> told = new ArrayList<>();
    private Database source = new Database("", "", "");
    private Database target = new Database("", "", "");

    EmptiedIT(Engines engine) {
        this.engine = engine;
    }

    @BeforeEach
    void fill() throws Exception {
        source = Engines.SQLITE.fresh(folder, "legacy");
        target = engine.fresh(folder, "shop");
        try (var connection = Engines.SQLITE.connect(source);
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE place (id INTEGER PRIMARY KEY, town TEXT)");
            statement.execute(
                    "INSERT INTO place WITH RECURSIVE s (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s)"
                            + " SELECT n, 't' || (n % 7) FROM s LIMIT "
                            + ROWS);
        }
    }

    @Test
    void aCancelledRunIsForgottenOnceItsTablesAreEmpty() throws Exception {
        var chunks = new AtomicInteger();
        Control cancel =
                () -> chunks.incrementAndGet() > 3 ? Control.Signal.CANCEL : Control.Signal.GO;
        assertThat(engine(PLAN, cancel).run("one").state()).isEqualTo(RunState.CANCELLED);
        refused(PLAN, "run one was cancelled");

        empty();

        validated(engine(PLAN).run("two"), "two");
        assertThat(told).singleElement().asString().contains("run one (CANCELLED) is forgotten");
        forgotten("one");
    }

    @Test
    void aChangedPlanIsRunOnceItsTablesAreEmpty() throws Exception {
        validated(engine(PLAN).run("one"), "one");
        refused(CHANGED, "the plan was changed since run one");

        empty();

        validated(engine(CHANGED).run("two"), "two");
        forgotten("one");
    }

    @Test
    void aPlanChangedBeforeItsRunWroteAnythingIsRun() throws Exception {
        Control pause = () -> Control.Signal.PAUSE;
        assertThat(engine(PLAN, pause).run("one").state()).isEqualTo(RunState.PAUSED);

        validated(engine(CHANGED).run("two"), "two");
        assertThat(told).singleElement().asString().contains("run one (PAUSED) is forgotten");
    }

    @Test
    void aValidatedRunIsMigratedAnewOnceItsTablesAreEmpty() throws Exception {
        validated(engine(PLAN).run("one"), "one");
        assertThatThrownBy(() -> engine(PLAN).runAs("two"))
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("is validated and stands in the target")
                .hasMessageContaining(toEmpty());
        validated(engine(PLAN).run("two"), "one");

        empty();

        assertThatThrownBy(() -> engine(PLAN).runAs("one"))
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("its tables are empty");
        validated(engine(PLAN).runAs("two"), "two");
        forgotten("one");
    }

    @Test
    void droppedTablesAreMadeAgainWithAllThatComesAfter() throws Exception {
        validated(engine(PLAN).run("one"), "one");

        change("DROP TABLE house");
        change("DROP TABLE town");

        validated(engine(PLAN).run("two"), "two");
        assertThat(number(indexes())).isEqualTo(1);
    }

    @Test
    void emptyOneByOneIsNotEmpty() throws Exception {
        validated(engine(PLAN).run("one"), "one");
        change("DELETE FROM house");

        refused(CHANGED, "Rows stand in town.");
        assertThat(number("SELECT count(*) FROM town")).isEqualTo(7);
        assertThat(number("SELECT count(*) FROM " + engine.ledger() + "chunk")).isPositive();
    }

    /// Its quarantine and its keys are of use as long as its rows stand.
    @Test
    void tablesThatOnlyTheFormerPlanFilledCount() throws Exception {
        validated(engine(PLAN).run("one"), "one");
        String other = PLAN.replace("town (", "place (").replace("target: town", "target: place");
        other = other.replace("house (", "home (").replace("target: house", "target: home");
        other = other.replace("house_town ON home", "home_town ON home");

        refused(other, "the plan was changed since run one");
        assertThat(number("SELECT count(*) FROM " + engine.ledger() + "chunk")).isPositive();

        empty();
        assertThat(engine(other).run("two").state()).isEqualTo(RunState.VALIDATED);
        assertThat(number("SELECT count(*) FROM home")).isEqualTo(ROWS);
    }

    /// What stands is a red run's own: it is taken out, and what came after its copy stays.
    @Test
    void aRedRunIsTakenOutAndTheIndexesStay() throws Exception {
        validated(engine(PLAN).run("one"), "one");
        change("UPDATE house SET town_id = town_id % 7 + 1 WHERE id = 5");
        assertThat(engine(PLAN).run("one").state()).isEqualTo(RunState.INVALID);

        validated(engine(CHANGED).runAs("two"), "two");

        assertThat(told)
                .singleElement()
                .asString()
                .contains("the 67 rows that it left are taken out");
        assertThat(number(indexes())).isEqualTo(1);
    }

    @Test
    void whatTheRunDidNotWriteIsNeverTakenOut() throws Exception {
        validated(engine(PLAN).run("one"), "one");
        change("INSERT INTO house VALUES (1000, 1)");
        assertThat(engine(PLAN).run("one").state()).isEqualTo(RunState.INVALID);

        assertThatThrownBy(() -> engine(PLAN).runAs("two"))
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("left 60 rows in the table 'house', which holds 61")
                .hasMessageContaining(toEmpty());
        assertThat(number("SELECT count(*) FROM house")).isEqualTo(61);
        assertThat(number("SELECT count(*) FROM town")).isEqualTo(7);

        empty();
        validated(engine(PLAN).runAs("three"), "three");
    }

    private void refused(String plan, String why) {
        assertThatThrownBy(() -> engine(plan).run("another"))
                .isInstanceOf(Stopped.class)
                .hasMessageContaining(why)
                .hasMessageContaining("nothing was written")
                .hasMessageContaining(
                        plan.contains("home") ? "empty the plan's tables" : toEmpty());
    }

    /// What an operator is told to do, and does.
    private String toEmpty() {
        return engine == Engines.SQLITE
                ? "DELETE FROM \"town\"; DELETE FROM \"house\""
                : "TRUNCATE \"town\", \"house\"";
    }

    private void empty() throws SQLException {
        for (String sql : toEmpty().split(";")) {
            change(sql);
        }
    }

    private String indexes() {
        return engine == Engines.SQLITE
                ? "SELECT count(*) FROM sqlite_schema WHERE name = 'house_town'"
                : "SELECT count(*) FROM pg_indexes WHERE indexname LIKE 'house_town%'";
    }

    private void validated(Outcome outcome, String id) throws SQLException {
        assertThat(outcome.reason()).isEmpty();
        assertThat(outcome.state()).isEqualTo(RunState.VALIDATED);
        assertThat(outcome.runId()).isEqualTo(id);
        assertThat(number("SELECT count(*) FROM town")).isEqualTo(7);
        assertThat(
                        number(
                                "SELECT count(*) FROM house h JOIN town t ON t.id = h.town_id WHERE"
                                        + " t.name = 't' || cast(h.id % 7 AS text)"))
                .isEqualTo(ROWS);
    }

    private void forgotten(String id) throws SQLException {
        for (String table : List.of("step", "chunk", "validation")) {
            String sql = "SELECT count(*) FROM %s%s WHERE run_id = '%s'";
            assertThat(number(sql.formatted(engine.ledger(), table, id))).isZero();
        }
        String keys = "SELECT count(*) FROM " + engine.ledger() + "match_key WHERE step LIKE '1/%'";
        assertThat(number(keys)).isZero();
    }

    private Running engine(String yaml) throws SQLException {
        return engine(yaml, Control.GO_ON);
    }

    private Running engine(String yaml, Control control) {
        return new Running(yaml, control);
    }

    /// A run of its own connections.
    private final class Running {
        private final String yaml;
        private final Control control;

        Running(String yaml, Control control) {
            this.yaml = yaml;
            this.control = control;
        }

        Outcome run(String id) throws Exception {
            return with(engine -> engine.run(id));
        }

        Outcome runAs(String id) throws Exception {
            return with(engine -> engine.runAs(id));
        }

        private Outcome with(Way way) throws Exception {
            var listener =
                    new Listener() {
                        @Override
                        public void told(String what) {
                            told.add(what);
                        }
                    };
            try (var from = Sources.open(source);
                    var to = Targets.open(target)) {
                return way.run(
                        new Engine(
                                PlanReader.read(
                                        "two.yaml", yaml.formatted(engine.dialect()), folder),
                                from,
                                to,
                                Converters.STANDARD,
                                listener,
                                control,
                                InstantSource.system(),
                                new Worker("here")));
            }
        }
    }

    private interface Way {
        Outcome run(Engine engine) throws Exception;
    }

    private void change(String sql) throws SQLException {
        try (var connection = engine.connect(target);
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (var connection = engine.connect(target);
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }
}
