package dev.slipway.backend.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.migration.QuarantineState;
import dev.slipway.api.migration.RunState;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.ledger.Decisions;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.QuarantineFilter;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.plan.PlanReader;
import dev.slipway.backend.migration.source.Sources;
import dev.slipway.backend.migration.target.Targets;
import dev.slipway.config.Database;
import dev.slipway.testing.MariaDb;
import dev.slipway.testing.Postgres;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Rows in quarantine, mended and replayed: over every source and target. What must come of it is
/// counted by the rows' numbers and by SQL.
@ParameterizedClass
@CsvSource({"sqlite,sqlite", "sqlite,postgresql", "mariadb,sqlite", "mariadb,postgresql"})
class ReplayIT {
    private static final String BY = "olga";
    @TempDir Path folder;
    private final String from;
    private final String to;

    @SuppressWarnings("NullAway.Init")
    private Database source;

    @SuppressWarnings("NullAway.Init")
    private Database target;

    ReplayIT(String from, String to) {
        this.from = from;
        this.to = to;
    }

    @BeforeEach
    void migrate() throws Exception {
        source = from.equals("sqlite") ? file("legacy.db") : MariaDb.fresh();
        target = to.equals("sqlite") ? file("shop.db") : Postgres.fresh();
        try (var connection = connect(source)) {
            ReplayShop.fill(connection);
        }
        Outcome outcome = engine(ReplayShop.PLAN);
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RunState.VALIDATED);
        assertThat(sales()).isEqualTo(count(id -> !bad(id)));
        conserved();
    }

    @Test
    void valuesAreCorrectedAndTheirRowsStandInTheTarget() throws Exception {
        long corrected = correct("sales", null, "price", "n/a", "1,50");

        ReplayOutcome outcome = replay(ReplayShop.PLAN, rule("money"));

        IntPredicate tried =
                id ->
                        ReplayShop.unpriced(id)
                                && !ReplayShop.ownerless(id)
                                && (!ReplayShop.misspelt(id));
        long alone = count(tried);
        assertThat(corrected)
                .isEqualTo(count(id -> ReplayShop.unpriced(id) && bad(id)))
                .isGreaterThan(alone);
        assertThat(outcome.replayed().written()).isEqualTo(alone);
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RunState.VALIDATED);
        assertThat(number("SELECT count(*) FROM sale WHERE price = 150")).isEqualTo(alone);
        assertThat(number("SELECT sum(price) FROM sale"))
                .isEqualTo(
                        150 * alone
                                + IntStream.rangeClosed(1, ReplayShop.SALES)
                                        .filter(id -> !bad(id))
                                        .mapToLong(ReplayShop::cents)
                                        .sum());
        assertThat(
                        number(
                                "SELECT count(*) FROM "
                                        + ledger("correction")
                                        + " WHERE to_value = '1,50' AND from_value = 'n/a' AND corrected_by = 'olga'"))
                .isEqualTo(corrected);
        conserved();
    }

    /// The owners come first in the plan: their sales follow in the same replay.
    @Test
    void childrenFollowTheirParents() throws Exception {
        assertThat(correct("owners", "3", "mail", null, "three@shop.example")).isOne();
        assertThat(correct("owners", "7", "mail", null, "seven@shop.example")).isOne();

        ReplayOutcome outcome = replay(ReplayShop.PLAN, QuarantineFilter.ALL);

        long fit = count(id -> ReplayShop.ownerless(id) && !otherwiseBad(id));
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RunState.VALIDATED);
        assertThat(outcome.replayed().written()).isEqualTo(2 + fit);
        assertThat(number("SELECT count(*) FROM sale WHERE owner_id IN (3, 7)")).isEqualTo(fit);
        assertThat(number("SELECT count(*) FROM owner")).isEqualTo(ReplayShop.OWNERS);
        conserved();
    }

    @Test
    void aRowThatIsRefusedAgainStaysOpenWithItsNewReason() throws Exception {
        correct("sales", "68", "price", null, "999999.99");

        ReplayOutcome outcome = replay(ReplayShop.PLAN, row("sales", "68"));

        assertThat(outcome.replayed().refused()).isOne();
        assertThat(outcome.replayed().refusals().getFirst().rule()).isEqualTo("constraint");
        assertThat(
                        number(
                                "SELECT count(*) FROM "
                                        + ledger("quarantine")
                                        + " WHERE step = 'sales' AND row_key = '68'"
                                        + " AND rule = 'constraint' AND state = 'OPEN'"))
                .isOne();
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RunState.VALIDATED);
        conserved();
    }

    @Test
    void aTownIsMergedOrNumberedLikeAnyOther() throws Exception {
        long towns = number("SELECT count(*) FROM town");
        correct("towns", "7", "town", null, "Ulm 1");
        correct("towns", "87", "town", null, "Bremen");
        correct("towns", "167", "town", null, "bremen ");

        ReplayOutcome outcome = replay(ReplayShop.PLAN, step("towns"));

        assertThat(outcome.replayed().written()).isOne();
        assertThat(outcome.replayed().merged()).isEqualTo(2);
        assertThat(outcome.replayed().refused())
                .isEqualTo(count(ReplayShop::strangeTown) - 3)
                .isPositive();
        assertThat(number("SELECT count(*) FROM town")).isEqualTo(towns + 1);
        assertThat(number("SELECT id FROM town WHERE name = 'Bremen'")).isEqualTo(towns + 1);
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RunState.VALIDATED);
        conserved();
    }

    @Test
    void aRuleIsCorrected() throws Exception {
        ReplayOutcome outcome = replay(ReplayShop.WIDER, rule("enum"));

        IntPredicate alone =
                id ->
                        ReplayShop.misspelt(id)
                                && !ReplayShop.ownerless(id)
                                && !ReplayShop.unpriced(id);
        assertThat(outcome.replayed().planChanged()).isTrue();
        assertThat(outcome.replayed().written())
                .isEqualTo(count(id -> alone.test(id) && !ReplayShop.tooDear(id)));
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RunState.VALIDATED);
        assertThat(engine(ReplayShop.WIDER).state()).isEqualTo(RunState.VALIDATED);
        assertThatThrownBy(() -> engine(ReplayShop.PLAN)).isInstanceOf(Stopped.class);
        assertThat(
                        number(
                                "SELECT count(*) FROM "
                                        + ledger("plan_change")
                                        + " WHERE changed_by = 'olga'"))
                .isOne();
        conserved();
    }

    @Test
    void aPlanThatWouldChangeWrittenRowsIsRefusedAndChangesNothing() throws Exception {
        String before = everything();

        assertThatThrownBy(
                        () ->
                                replay(
                                        ReplayShop.PLAN.replace(
                                                "from: owner, step: owners, by: code",
                                                "from: town, step: owners, by: code"),
                                        QuarantineFilter.ALL))
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("step sales, row ")
                .hasMessageContaining("stands in the target, but would be refused: owner_id");
        assertThatThrownBy(
                        () ->
                                replay(
                                        ReplayShop.PLAN.replace(
                                                "state: {type: enum, values: {open: [opn], paid: [payed]}",
                                                "state: {type: enum, values: {open: [opn, payed], paid: [bezahlt]}"),
                                        QuarantineFilter.ALL))
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("column state is paid, but would be open");
        assertThatThrownBy(
                        () ->
                                replay(
                                        ReplayShop.PLAN.replace("    merge: name\n", ""),
                                        QuarantineFilter.ALL))
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("step towns: 'merge' differs");

        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void whatIsAcceptedIsLeftBehindUntilItIsReopened() throws Exception {
        long unpriced = open("rule = 'money'");
        assertThat(decide(d -> d.accept(runId(), rule("money"), BY, "scrap"))).isEqualTo(unpriced);
        correct("sales", null, "price", "n/a", "1");

        assertThat(replay(ReplayShop.PLAN, rule("money")).replayed().tried()).isZero();
        assertThat(engine(ReplayShop.PLAN).state()).isEqualTo(RunState.VALIDATED);
        assertThat(open("state = 'ACCEPTED' AND acted_by = 'olga' AND note = 'scrap'"))
                .isEqualTo(unpriced);
        conserved();

        assertThat(decide(d -> d.reopen(runId(), rule("money")))).isEqualTo(unpriced);
        correct("sales", null, "price", "n/a", "1");
        assertThat(replay(ReplayShop.PLAN, rule("money")).replayed().tried()).isEqualTo(unpriced);
        conserved();
    }

    @Test
    void twoReplaysAtOnceDoEachRowOnce() throws Exception {
        correct("sales", null, "price", "n/a", "2");
        correct("owners", "3", "mail", null, "three@shop.example");
        Callable<ReplayOutcome> work = () -> replay(ReplayShop.PLAN, QuarantineFilter.ALL);
        try (var both = Executors.newFixedThreadPool(2)) {
            long written = 0;
            for (var outcome : both.invokeAll(List.of(work, work), 120, TimeUnit.SECONDS)) {
                written += outcome.get().replayed().written();
            }
            assertThat(written).isEqualTo(1 + sales() - count(id -> !bad(id))).isGreaterThan(5);
        }
        assertThat(number("SELECT count(*) FROM sale WHERE price = 200")).isPositive();
        assertThat(number("SELECT count(*) FROM " + ledger("run") + " WHERE state = 'VALIDATED'"))
                .isOne();
        assertThat(engine(ReplayShop.PLAN).state()).isEqualTo(RunState.VALIDATED);
        conserved();
    }

    @Test
    void aRowThatIsGoneFromTheSourceIsTakenAsItWasKept() throws Exception {
        correct("sales", "34", "price", null, "3");
        change(source, "DELETE FROM sale WHERE id = 34");

        ReplayOutcome outcome = replay(ReplayShop.PLAN, row("sales", "34"));

        assertThat(outcome.replayed().written()).isOne();
        assertThat(outcome.replayed().kept()).isOne();
        assertThat(number("SELECT price FROM sale WHERE id = 34")).isEqualTo(300);
        assertThat(outcome.reason()).contains("rows read");
        conserved();
    }

    /// What was mended in the source counts, not the correction of what stood there before.
    @Test
    void aRowThatWasMendedInTheSourceIsTakenAsItStands() throws Exception {
        correct("sales", "34", "price", null, "3");
        change(source, "UPDATE sale SET price = '4' WHERE id = 34");

        ReplayOutcome outcome = replay(ReplayShop.PLAN, row("sales", "34"));

        assertThat(number("SELECT price FROM sale WHERE id = 34")).isEqualTo(400);
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RunState.VALIDATED);
    }

    @Test
    void aCorrectedRowIsHeldAgainstItsCorrection() throws Exception {
        correct("sales", "34", "price", null, "3");
        replay(ReplayShop.PLAN, row("sales", "34"));
        change(target, "UPDATE sale SET price = 301 WHERE id = 34");

        Outcome again = engine(ReplayShop.PLAN);

        assertThat(again.state()).isEqualTo(RunState.INVALID);
        assertThat(again.validations())
                .anySatisfy(
                        v ->
                                assertThat(v.detail())
                                        .isNotNull()
                                        .contains("sale 34 ")
                                        .contains("column price: is 301, expected 300"));
    }

    @Test
    void aLedgerOfAnEarlierVersionIsBroughtUpToDate() throws Exception {
        for (String table : List.of("correction", "plan_change", "replay")) {
            change(target, "DROP TABLE " + ledger(table));
        }
        for (String column :
                List.of("state", "acted_by", "acted_at", "note", "exact_row", "corrected")) {
            change(target, "ALTER TABLE " + ledger("quarantine") + " DROP COLUMN " + column);
        }
        change(target, "ALTER TABLE " + ledger("run") + " DROP COLUMN plan_yaml");

        assertThat(correct("sales", "34", "price", null, "3")).isOne();
        assertThat(replay(ReplayShop.PLAN, row("sales", "34")).replayed().written()).isOne();
        conserved();
    }

    private static boolean bad(int sale) {
        return ReplayShop.ownerless(sale) || otherwiseBad(sale);
    }

    private static boolean otherwiseBad(int sale) {
        return ReplayShop.unpriced(sale) || ReplayShop.misspelt(sale) || ReplayShop.tooDear(sale);
    }

    private static long count(IntPredicate which) {
        return IntStream.rangeClosed(1, ReplayShop.SALES).filter(which).count();
    }

    private static QuarantineFilter step(String step) {
        return QuarantineFilter.ALL.of(step);
    }

    private static QuarantineFilter rule(String rule) {
        return new QuarantineFilter(
                "sales", null, rule, EnumSet.allOf(QuarantineState.class), "", List.of());
    }

    private static QuarantineFilter row(String step, String key) {
        return new QuarantineFilter(
                "",
                null,
                "",
                EnumSet.allOf(QuarantineState.class),
                "",
                List.of(new QuarantineFilter.Row(step, key)));
    }

    /// In every chunk, in the quarantine beside them, and in the tables themselves.
    private void conserved() throws SQLException {
        assertThat(
                        number(
                                "SELECT count(*) FROM "
                                        + ledger("chunk")
                                        + " WHERE rows_read <> rows_written + rows_merged"
                                        + " + rows_quarantined + rows_skipped"))
                .isZero();
        assertThat(
                        number(
                                "SELECT count(*) FROM "
                                        + ledger("chunk")
                                        + " c WHERE rows_quarantined <> (SELECT count(*) FROM "
                                        + ledger("quarantine")
                                        + " q WHERE q.step = c.step AND q.chunk = c.number"
                                        + " AND q.state <> 'RESOLVED')"))
                .isZero();
        for (String step : List.of("town", "owner", "sale")) {
            assertThat(number("SELECT count(*) FROM " + step))
                    .isEqualTo(
                            number(
                                    "SELECT sum(rows_written) FROM "
                                            + ledger("chunk")
                                            + " WHERE step = '"
                                            + step
                                            + "s'"));
        }
    }

    private String everything() throws SQLException {
        var all = new StringBuilder();
        List<String> tables = new ArrayList<>(List.of("town", "owner", "sale"));
        for (String table :
                List.of("run", "chunk", "quarantine", "match_key", "validation", "step")) {
            tables.add(ledger(table));
        }
        try (var connection = connect(target);
                var statement = connection.createStatement()) {
            for (String table : tables) {
                List<String> rows = new ArrayList<>();
                try (var row = statement.executeQuery("SELECT * FROM " + table)) {
                    int width = row.getMetaData().getColumnCount();
                    while (row.next()) {
                        var text = new StringBuilder();
                        for (int i = 1; i <= width; i++) {
                            text.append(row.getString(i)).append('|');
                        }
                        rows.add(text.toString());
                    }
                }
                all.append(table).append(rows.stream().sorted().toList());
            }
        }
        return all.toString();
    }

    private long correct(
            String step, @Nullable String key, String column, @Nullable String was, String now)
            throws Exception {
        return decide(
                d -> {
                    var correction = new Decisions.Correction(step, key, column, was, now);
                    return d.correct(runId(), correction, BY);
                });
    }

    private interface Decision {
        long in(Decisions decisions) throws Exception;
    }

    private long decide(Decision decision) throws Exception {
        try (var opened = Targets.open(target)) {
            var ledger = new Ledger(opened, InstantSource.system());
            ledger.prepare();
            long rows = decision.in(new Decisions(ledger));
            ledger.commit();
            return rows;
        }
    }

    private ReplayOutcome replay(String yaml, QuarantineFilter which) throws Exception {
        var plan = PlanReader.read("replay.yaml", yaml, folder);
        try (var opened = Sources.open(source);
                var into = Targets.open(target)) {
            return new Replay(
                            plan,
                            opened,
                            into,
                            Converters.STANDARD,
                            Control.GO_ON,
                            InstantSource.system())
                    .run("", which, BY, text -> PlanReader.read("replay.yaml", text, folder));
        }
    }

    private Outcome engine(String yaml) throws Exception {
        var plan = PlanReader.read("replay.yaml", yaml, folder);
        try (var opened = Sources.open(source);
                var into = Targets.open(target)) {
            return new Engine(
                            plan,
                            opened,
                            into,
                            Converters.STANDARD,
                            Listener.NONE,
                            Control.GO_ON,
                            InstantSource.system(),
                            new Worker("here"))
                    .run("run-1");
        }
    }

    private static String runId() {
        return "run-1";
    }

    private long sales() throws SQLException {
        return number("SELECT count(*) FROM sale");
    }

    private long open(String condition) throws SQLException {
        return number(
                "SELECT count(*) FROM "
                        + ledger("quarantine")
                        + " WHERE step = 'sales' AND "
                        + condition);
    }

    private String ledger(String table) {
        return to.equals("sqlite") ? "slipway_" + table : "slipway." + table;
    }

    private Database file(String name) {
        return new Database("jdbc:sqlite:" + folder.resolve(name), "", "");
    }

    private static Connection connect(Database database) throws SQLException {
        if (database.url().startsWith("jdbc:sqlite:")) {
            return DriverManager.getConnection(database.url());
        }
        return database.url().startsWith("jdbc:mariadb:")
                ? MariaDb.connect(database)
                : Postgres.connect(database);
    }

    private long number(String sql) throws SQLException {
        try (var connection = connect(target);
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            assertThat(row.next()).isTrue();
            return row.getLong(1);
        }
    }

    private static void change(Database database, String sql) throws SQLException {
        try (var connection = connect(database);
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }
}
