package dev.slipway.backend.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.MigrationPlan;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.config.Database;
import dev.slipway.testing.Engines;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// What every source and every target must do alike.
abstract class EngineSuite {
    private static final SmallShop SHOP = new SmallShop(600, 7);

    private final Engines sourceEngine;
    private final Engines targetEngine;
    @TempDir Path folder;
    private Database source;
    private Database target;

    EngineSuite(Engines source, Engines target) {
        sourceEngine = source;
        targetEngine = target;
    }

    @BeforeEach
    void fill() throws Exception {
        source = sourceEngine.fresh(folder, "legacy");
        target = targetEngine.fresh(folder, "shop");
        try (var connection = sourceEngine.connect(source)) {
            SHOP.fill(connection);
        }
    }

    @Test
    void everyRowIsAccountedForAndEverySumIsRight() throws Exception {
        Outcome outcome = run(target, Control.GO_ON);

        assertThat(outcome.reason()).isEmpty();
        assertThat(outcome.state()).isEqualTo(RunState.VALIDATED);
        StepProgress buyers = outcome.steps().get(0);
        assertThat(buyers.written()).isEqualTo(SHOP.buyers);
        assertThat(buyers.merged()).isEqualTo(SHOP.lines - SHOP.buyers);
        StepProgress sales = outcome.steps().get(1);
        assertThat(sales.read()).isEqualTo(SHOP.lines);
        assertThat(sales.written()).isEqualTo(SHOP.written);
        assertThat(sales.skipped()).isEqualTo(SHOP.skipped);
        assertThat(sales.quarantined()).isEqualTo(SHOP.unpriced + SHOP.tooDear);
        assertThat(number("SELECT count(*) FROM sale")).isEqualTo(SHOP.written);
        assertThat(number("SELECT sum(price) FROM sale")).isEqualTo(SHOP.cents);
        assertThat(number("SELECT sum(pieces) FROM sale")).isEqualTo(SHOP.pieces);
        assertThat(number("SELECT count(*) FROM buyer WHERE name LIKE 'Björk €%'")).isPositive();
        assertThat(number("SELECT count(*) FROM buyer WHERE name LIKE '%Ã%'")).isZero();
        assertThat(number("SELECT count(*) FROM sale WHERE note = 'für 5 €'")).isPositive();
    }

    @Test
    void whatTheTargetRefusesIsQuarantinedAndDoesNotSinkItsChunk() throws Exception {
        run(target, Control.GO_ON);

        assertThat(number(quarantined("rule = 'constraint'"))).isEqualTo(SHOP.tooDear);
        assertThat(number(quarantined("rule = 'money' AND raw_value = 'n/a'")))
                .isEqualTo(SHOP.unpriced);
    }

    @Test
    void goesOnWhereItWasPaused() throws Exception {
        var elsewhere = new java.io.File(folder.toFile(), "other").toPath();
        java.nio.file.Files.createDirectories(elsewhere);
        String undisturbed = checksums(run(targetEngine.fresh(elsewhere, "shop"), Control.GO_ON));
        RunState state = RunState.RUNNING;
        int runs = 0;
        Outcome outcome = null;
        while (state != RunState.VALIDATED && runs++ < 30) {
            var chunks = new AtomicInteger();
            outcome =
                    run(
                            target,
                            () ->
                                    chunks.incrementAndGet() > 4
                                            ? Control.Signal.PAUSE
                                            : Control.Signal.GO);
            state = outcome.state();
        }

        assertThat(runs).isGreaterThan(3);
        assertThat(checksums(java.util.Objects.requireNonNull(outcome))).isEqualTo(undisturbed);
    }

    @Test
    void aSecondWorkerDoesNoHarm() throws Exception {
        Callable<Outcome> work = () -> run(target, Control.GO_ON);
        // the first one makes tables and run, then both go on with it
        run(target, () -> Control.Signal.PAUSE);
        try (var both = Executors.newFixedThreadPool(2)) {
            var outcomes = both.invokeAll(List.of(work, work), 60, TimeUnit.SECONDS);
            for (var outcome : outcomes) {
                assertThat(outcome.get().state()).isEqualTo(RunState.VALIDATED);
            }
        }
        assertThat(number("SELECT count(*) FROM sale")).isEqualTo(SHOP.written);
        assertThat(number("SELECT sum(price) FROM sale")).isEqualTo(SHOP.cents);
        assertThat(number("SELECT count(*) FROM buyer")).isEqualTo(SHOP.buyers);
    }

    @Test
    void aRowDeletedIsFoundAndNamed() throws Exception {
        long id = number("SELECT min(id) FROM sale WHERE id > 300", run(target, Control.GO_ON));
        change("DELETE FROM sale WHERE id = " + id);

        assertThat(red()).anySatisfy(v -> named(v, "sale " + id + " ", "is not there"));
    }

    @Test
    void aCentAddedIsFoundAndNamed() throws Exception {
        long id = number("SELECT max(id) FROM sale", run(target, Control.GO_ON));
        change("UPDATE sale SET price = price + 1 WHERE id = " + id);

        assertThat(red()).anySatisfy(v -> named(v, "sale " + id + " ", "column price"));
    }

    @Test
    void anHourAddedIsFoundAndNamed() throws Exception {
        run(target, Control.GO_ON);
        long id = number("SELECT max(id) FROM sale WHERE sold_at IS NOT NULL");
        String later =
                targetEngine.dialect().equals("sqlite")
                        ? "strftime('%Y-%m-%dT%H:%M:%SZ', sold_at, '+1 hour')"
                        : "sold_at + interval '1 hour'";
        change("UPDATE sale SET sold_at = " + later + " WHERE id = " + id);

        assertThat(red()).anySatisfy(v -> named(v, "sale " + id + " ", "column sold_at"));
    }

    /// A buyer stands for all the source rows that were merged into it.
    @Test
    void aMergedRowDeletedIsFoundAndNamed() throws Exception {
        run(target, Control.GO_ON);
        long id = number("SELECT max(id) FROM buyer");
        change("DELETE FROM sale WHERE buyer_id = " + id);
        change("DELETE FROM buyer WHERE id = " + id);

        assertThat(red()).anySatisfy(v -> named(v, "buyer " + id + " ", "is not there"));
    }

    @Test
    void aRowTooManyIsFoundAndNamed() throws Exception {
        run(target, Control.GO_ON);
        change(
                "INSERT INTO sale SELECT 77777, buyer_id, price, sold_on, sold_at, state, gift,"
                        + " pieces, note FROM sale WHERE id = (SELECT min(id) FROM sale)");

        assertThat(red()).anySatisfy(v -> named(v, "sale 77777", "no source row"));
    }

    @Test
    void twoReferencesSwappedAreFoundAndNamed() throws Exception {
        long id = number("SELECT min(id) FROM sale WHERE buyer_id = 1", run(target, Control.GO_ON));
        long other = number("SELECT min(id) FROM sale WHERE buyer_id = 2");
        change("UPDATE sale SET buyer_id = 3 - buyer_id WHERE id IN (" + id + "," + other + ")");

        assertThat(red()).anySatisfy(v -> named(v, "sale " + id + " ", "column buyer_id"));
    }

    @Test
    void oneLettersEncodingIsFoundAndNamed() throws Exception {
        run(target, Control.GO_ON);
        long id = number("SELECT min(id) FROM buyer WHERE name LIKE 'Björk%'");
        change("UPDATE buyer SET name = replace(name, 'ö', 'Ã¶') WHERE id = " + id);

        assertThat(red()).anySatisfy(v -> named(v, "buyer " + id + " ", "column name"));
    }

    @Test
    void aChangedPlanDoesNotGoOn() throws Exception {
        var chunks = new AtomicInteger();
        run(target, () -> chunks.incrementAndGet() > 4 ? Control.Signal.PAUSE : Control.Signal.GO);
        assertThat(number("SELECT count(*) FROM buyer")).isPositive();
        String changed =
                SmallShop.plan(targetEngine.dialect()).replace("chunk-rows: 50", "chunk-rows: 51");

        assertThatThrownBy(() -> run(changed, target, Control.GO_ON, Converters.STANDARD))
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("the plan was changed since run");
    }

    @Test
    void rowsOfOthersAreLeftAlone() throws Exception {
        run(target, () -> Control.Signal.PAUSE);
        change("DELETE FROM " + ledger("run"));
        change("INSERT INTO buyer VALUES (9, 'someone', 'x@y.example')");

        assertThatThrownBy(() -> run(target, Control.GO_ON))
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("'buyer' holds rows that no run of this plan wrote");
    }

    @Test
    void aRehearsalTellsTheSameAndLeavesNothing() throws Exception {
        var plan = PlanReader.read("small.yaml", SmallShop.plan(targetEngine.dialect()), folder);
        Outcome rehearsed;
        try (var from = Sources.open(source);
                var to = Targets.rehearsing(target)) {
            rehearsed = engine(plan, from, to, Control.GO_ON, Converters.STANDARD).run("rehearsal");
            assertThat(to.table("sale")).isPresent();
        }

        assertThat(rehearsed.state()).isEqualTo(RunState.VALIDATED);
        assertThat(rehearsed.steps().get(1).quarantined()).isEqualTo(SHOP.unpriced + SHOP.tooDear);
        try (var to = Targets.open(target)) {
            assertThat(to.tables()).isEmpty();
            assertThat(to.hasLedger()).isFalse();
        }
    }

    @Test
    void severalHandsDoTheSameAsOne() throws Exception {
        var elsewhere = new java.io.File(folder.toFile(), "other").toPath();
        java.nio.file.Files.createDirectories(elsewhere);
        String one = checksums(run(targetEngine.fresh(elsewhere, "shop"), Control.GO_ON));
        var plan = PlanReader.read("small.yaml", SmallShop.plan(targetEngine.dialect()), folder);
        try (var from = Sources.open(source);
                var to = Targets.open(target)) {
            Outcome several =
                    engine(plan, from, to, Control.GO_ON, Converters.STANDARD).hands(3).run("many");

            assertThat(several.state()).isEqualTo(RunState.VALIDATED);
            assertThat(checksums(several)).isEqualTo(one);
        }
    }

    private List<Validation> red() throws Exception {
        Outcome again = run(target, Control.GO_ON);
        assertThat(again.state()).isEqualTo(RunState.INVALID);
        return again.validations().stream().filter(v -> !v.passed()).toList();
    }

    /// Step, table, key and column.
    private static void named(Validation validation, String row, String what) {
        assertThat(validation.step()).isEqualTo(row.startsWith("buyer") ? "buyers" : "sales");
        assertThat(validation.detail()).isNotNull().contains(row).contains(what);
    }

    private Outcome run(Database to, Control control) throws Exception {
        return run(SmallShop.plan(targetEngine.dialect()), to, control, Converters.STANDARD);
    }

    private Outcome run(String yaml, Database to, Control control, Converters converters)
            throws Exception {
        var plan = PlanReader.read("small.yaml", yaml, folder);
        try (var from = Sources.open(source);
                var opened = Targets.open(to)) {
            return engine(plan, from, opened, control, converters)
                    .run(UUID.randomUUID().toString());
        }
    }

    private static Engine engine(
            MigrationPlan plan, Source from, Target to, Control control, Converters converters) {
        return new Engine(
                plan,
                from,
                to,
                converters,
                Listener.NONE,
                control,
                InstantSource.system(),
                new Worker("here"));
    }

    private static String checksums(Outcome outcome) {
        return outcome.steps().stream().map(StepProgress::checksum).toList().toString();
    }

    private String ledger(String table) {
        return targetEngine.ledger() + table;
    }

    private String quarantined(String condition) {
        return "SELECT count(*) FROM " + ledger("quarantine") + " WHERE " + condition;
    }

    private long number(String sql, Outcome after) throws SQLException {
        assertThat(after.state()).isEqualTo(RunState.VALIDATED);
        return number(sql);
    }

    private long number(String sql) throws SQLException {
        try (var connection = targetEngine.connect(target);
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private void change(String sql) throws SQLException {
        try (var connection = targetEngine.connect(target);
                var statement = connection.createStatement()) {
            assertThat(statement.executeUpdate(sql)).isPositive();
        }
    }
}
