package dev.slipway.backend.migration.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.slipway.api.migration.QuarantineState;
import dev.slipway.api.migration.RunState;
import dev.slipway.backend.migration.ledger.QuarantineFilter;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
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
    @TempDir Path folder;
    private final String from;
    private final String to;

    @SuppressWarnings("NullAway.Init")
    private ReplayWorld world;

    ReplayIT(String from, String to) {
        this.from = from;
        this.to = to;
    }

    @BeforeEach
    void migrate() throws Exception {
        world = ReplayWorld.fresh(folder, from, to);
        Outcome outcome = world.engine(ReplayShop.PLAN);
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RunState.VALIDATED);
        assertThat(world.sales()).isEqualTo(count(id -> !bad(id)));
        world.conserved();
    }

    @Test
    void valuesAreCorrectedAndTheirRowsStandInTheTarget() throws Exception {
        long corrected = world.correct("sales", null, "price", "n/a", "1,50");

        ReplayOutcome outcome = world.replay(ReplayShop.PLAN, rule("money"));

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
        assertThat(world.number("SELECT count(*) FROM sale WHERE price = 150")).isEqualTo(alone);
        assertThat(world.number("SELECT sum(price) FROM sale"))
                .isEqualTo(
                        150 * alone
                                + IntStream.rangeClosed(1, ReplayShop.SALES)
                                        .filter(id -> !bad(id))
                                        .mapToLong(ReplayShop::cents)
                                        .sum());
        assertThat(
                        world.number(
                                "SELECT count(*) FROM "
                                        + world.ledger("correction")
                                        + " WHERE to_value = '1,50' AND from_value = 'n/a' AND corrected_by = 'olga'"))
                .isEqualTo(corrected);
        world.conserved();
    }

    /// The owners come first in the plan: their sales follow in the same replay.
    @Test
    void childrenFollowTheirParents() throws Exception {
        assertThat(world.correct("owners", "3", "mail", null, "three@shop.example")).isOne();
        assertThat(world.correct("owners", "7", "mail", null, "seven@shop.example")).isOne();

        ReplayOutcome outcome = world.replay(ReplayShop.PLAN, QuarantineFilter.ALL);

        long fit = count(id -> ReplayShop.ownerless(id) && !otherwiseBad(id));
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RunState.VALIDATED);
        assertThat(outcome.replayed().written()).isEqualTo(2 + fit);
        assertThat(world.number("SELECT count(*) FROM sale WHERE owner_id IN (3, 7)"))
                .isEqualTo(fit);
        assertThat(world.number("SELECT count(*) FROM owner")).isEqualTo(ReplayShop.OWNERS);
        world.conserved();
    }

    @Test
    void aRowThatIsRefusedAgainStaysOpenWithItsNewReason() throws Exception {
        world.correct("sales", "68", "price", null, "999999.99");

        ReplayOutcome outcome = world.replay(ReplayShop.PLAN, row("sales", "68"));

        assertThat(outcome.replayed().refused()).isOne();
        assertThat(outcome.replayed().refusals().getFirst().rule()).isEqualTo("constraint");
        assertThat(
                        world.number(
                                "SELECT count(*) FROM "
                                        + world.ledger("quarantine")
                                        + " WHERE step = 'sales' AND row_key = '68'"
                                        + " AND rule = 'constraint' AND state = 'OPEN'"))
                .isOne();
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RunState.VALIDATED);
        world.conserved();
    }

    @Test
    void aTownIsMergedOrNumberedLikeAnyOther() throws Exception {
        long towns = world.number("SELECT count(*) FROM town");
        world.correct("towns", "7", "town", null, "Ulm 1");
        world.correct("towns", "87", "town", null, "Bremen");
        world.correct("towns", "167", "town", null, "bremen ");

        ReplayOutcome outcome = world.replay(ReplayShop.PLAN, step("towns"));

        assertThat(outcome.replayed().written()).isOne();
        assertThat(outcome.replayed().merged()).isEqualTo(2);
        assertThat(outcome.replayed().refused())
                .isEqualTo(count(ReplayShop::strangeTown) - 3)
                .isPositive();
        assertThat(world.number("SELECT count(*) FROM town")).isEqualTo(towns + 1);
        assertThat(world.number("SELECT id FROM town WHERE name = 'Bremen'")).isEqualTo(towns + 1);
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RunState.VALIDATED);
        world.conserved();
    }

    @Test
    void aRuleIsCorrected() throws Exception {
        ReplayOutcome outcome = world.replay(ReplayShop.WIDER, rule("enum"));

        IntPredicate alone =
                id ->
                        ReplayShop.misspelt(id)
                                && !ReplayShop.ownerless(id)
                                && !ReplayShop.unpriced(id);
        assertThat(outcome.replayed().planChanged()).isTrue();
        assertThat(outcome.replayed().written())
                .isEqualTo(count(id -> alone.test(id) && !ReplayShop.tooDear(id)));
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RunState.VALIDATED);
        assertThat(world.engine(ReplayShop.WIDER).state()).isEqualTo(RunState.VALIDATED);
        assertThatThrownBy(() -> world.engine(ReplayShop.PLAN)).isInstanceOf(Stopped.class);
        assertThat(
                        world.number(
                                "SELECT count(*) FROM "
                                        + world.ledger("plan_change")
                                        + " WHERE changed_by = 'olga'"))
                .isOne();
        world.conserved();
    }

    @Test
    void aPlanThatWouldChangeWrittenRowsIsRefusedAndChangesNothing() throws Exception {
        String before = world.everything();

        assertThatThrownBy(
                        () ->
                                world.replay(
                                        ReplayShop.PLAN.replace(
                                                "from: owner, step: owners, by: code",
                                                "from: town, step: owners, by: code"),
                                        QuarantineFilter.ALL))
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("step sales, row ")
                .hasMessageContaining("stands in the target, but would be refused: owner_id");
        assertThatThrownBy(
                        () ->
                                world.replay(
                                        ReplayShop.PLAN.replace(
                                                "state: {type: enum, values: {open: [opn], paid: [payed]}",
                                                "state: {type: enum, values: {open: [opn, payed], paid: [bezahlt]}"),
                                        QuarantineFilter.ALL))
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("column state is paid, but would be open");
        assertThatThrownBy(
                        () ->
                                world.replay(
                                        ReplayShop.PLAN.replace("    merge: name\n", ""),
                                        QuarantineFilter.ALL))
                .isInstanceOf(Stopped.class)
                .hasMessageContaining("step towns: 'merge' differs");

        assertThat(world.everything()).isEqualTo(before);
    }

    @Test
    void whatIsAcceptedIsLeftBehindUntilItIsReopened() throws Exception {
        long unpriced = world.open("rule = 'money'");
        assertThat(
                        world.decide(
                                d ->
                                        d.accept(
                                                ReplayWorld.RUN,
                                                rule("money"),
                                                ReplayWorld.BY,
                                                "scrap")))
                .isEqualTo(unpriced);
        world.correct("sales", null, "price", "n/a", "1");

        assertThat(world.replay(ReplayShop.PLAN, rule("money")).replayed().tried()).isZero();
        assertThat(world.engine(ReplayShop.PLAN).state()).isEqualTo(RunState.VALIDATED);
        assertThat(world.open("state = 'ACCEPTED' AND acted_by = 'olga' AND note = 'scrap'"))
                .isEqualTo(unpriced);
        world.conserved();

        assertThat(world.decide(d -> d.reopen(ReplayWorld.RUN, rule("money")))).isEqualTo(unpriced);
        world.correct("sales", null, "price", "n/a", "1");
        assertThat(world.replay(ReplayShop.PLAN, rule("money")).replayed().tried())
                .isEqualTo(unpriced);
        world.conserved();
    }

    @Test
    void twoReplaysAtOnceDoEachRowOnce() throws Exception {
        world.correct("sales", null, "price", "n/a", "2");
        world.correct("owners", "3", "mail", null, "three@shop.example");
        Callable<ReplayOutcome> work = () -> world.replay(ReplayShop.PLAN, QuarantineFilter.ALL);
        try (var both = Executors.newFixedThreadPool(2)) {
            long written = 0;
            for (var outcome : both.invokeAll(List.of(work, work), 120, TimeUnit.SECONDS)) {
                written += outcome.get().replayed().written();
            }
            assertThat(written)
                    .isEqualTo(1 + world.sales() - count(id -> !bad(id)))
                    .isGreaterThan(5);
        }
        assertThat(world.number("SELECT count(*) FROM sale WHERE price = 200")).isPositive();
        assertThat(
                        world.number(
                                "SELECT count(*) FROM "
                                        + world.ledger("run")
                                        + " WHERE state = 'VALIDATED'"))
                .isOne();
        assertThat(world.engine(ReplayShop.PLAN).state()).isEqualTo(RunState.VALIDATED);
        world.conserved();
    }

    @Test
    void aRowThatIsGoneFromTheSourceIsTakenAsItWasKept() throws Exception {
        world.correct("sales", "34", "price", null, "3");
        world.changeSource("DELETE FROM sale WHERE id = 34");

        ReplayOutcome outcome = world.replay(ReplayShop.PLAN, row("sales", "34"));

        assertThat(outcome.replayed().written()).isOne();
        assertThat(outcome.replayed().kept()).isOne();
        assertThat(world.number("SELECT price FROM sale WHERE id = 34")).isEqualTo(300);
        assertThat(outcome.reason()).contains("rows read");
        world.conserved();
    }

    /// What was mended in the source counts, not the correction of what stood there before.
    @Test
    void aRowThatWasMendedInTheSourceIsTakenAsItStands() throws Exception {
        world.correct("sales", "34", "price", null, "3");
        world.changeSource("UPDATE sale SET price = '4' WHERE id = 34");

        ReplayOutcome outcome = world.replay(ReplayShop.PLAN, row("sales", "34"));

        assertThat(world.number("SELECT price FROM sale WHERE id = 34")).isEqualTo(400);
        assertThat(outcome.state()).as(outcome.reason()).isEqualTo(RunState.VALIDATED);
    }

    @Test
    void aCorrectedRowIsHeldAgainstItsCorrection() throws Exception {
        world.correct("sales", "34", "price", null, "3");
        world.replay(ReplayShop.PLAN, row("sales", "34"));
        world.changeTarget("UPDATE sale SET price = 301 WHERE id = 34");

        Outcome again = world.engine(ReplayShop.PLAN);

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
            world.changeTarget("DROP TABLE " + world.ledger(table));
        }
        for (String column :
                List.of("state", "acted_by", "acted_at", "note", "exact_row", "corrected")) {
            world.changeTarget(
                    "ALTER TABLE " + world.ledger("quarantine") + " DROP COLUMN " + column);
        }
        world.changeTarget("ALTER TABLE " + world.ledger("run") + " DROP COLUMN plan_yaml");
        world.changeTarget("ALTER TABLE " + world.ledger("validation") + " DROP COLUMN places");

        assertThat(world.correct("sales", "34", "price", null, "3")).isOne();
        assertThat(world.replay(ReplayShop.PLAN, row("sales", "34")).replayed().written()).isOne();
        world.conserved();
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
}
