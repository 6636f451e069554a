package dev.slipway.backend.migration.validation;

import dev.slipway.api.migration.QuarantineState;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.ledger.Counts;
import dev.slipway.backend.migration.ledger.LedgerStep;
import dev.slipway.backend.migration.ledger.Quarantine;
import dev.slipway.backend.migration.ledger.QuarantineFilter;
import dev.slipway.backend.migration.plan.Column;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.source.SourceColumn;
import dev.slipway.backend.migration.target.Target;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Sums that both databases add up themselves, wherever a column's value is the source's own
/// number: no converter has a hand in them.
final class Totals {
    private static final int PAGE = 1_000;
    private static final int MOST_REFUSED = 100_000;
    private final String runId;
    private final ShortReads source;
    private final Target target;
    private final Quarantine quarantine;

    Totals(String runId, ShortReads source, Target target, Quarantine quarantine) {
        this.runId = runId;
        this.source = source;
        this.target = target;
        this.quarantine = quarantine;
    }

    List<Validation> check(StepView step, LedgerStep known, Counts counts) throws SQLException {
        List<Validation> found = new ArrayList<>();
        boolean allCount = counts.merged() == 0 && counts.skipped() == 0;
        if (!allCount || counts.quarantined() > MOST_REFUSED || known.rows() == 0) {
            return found;
        }
        for (Column column : step.step().columns()) {
            if (same(step, column)) {
                String from = column.from().getFirst();
                Optional<BigDecimal> sum = source.sum(step, known, from);
                if (sum.isPresent()) {
                    BigDecimal wanted = sum.get().subtract(apart(step, from));
                    found.add(compare(step, column, wanted));
                }
            }
        }
        return found;
    }

    /// Whether the column is the source's number as it is.
    private static boolean same(StepView step, Column column) {
        boolean plain =
                column.from().size() == 1
                        && column.missing().isEmpty()
                        && column.extract() == null
                        && column.fallback() == null;
        if (!plain) {
            return false;
        }
        SourceColumn from =
                step.reading().columns().get(step.reading().index(column.from().getFirst()));
        boolean number =
                switch (column.type()) {
                    case ColumnType.Whole whole -> whole.strip() == null;
                    case ColumnType.Decimal decimal ->
                            !decimal.share()
                                    && !decimal.round()
                                    && decimal.negative() != ColumnType.Negative.ABSOLUTE;
                    default -> false;
                };
        boolean nulled = column.onBad() == dev.slipway.backend.migration.plan.Rule.NULL;
        return number && !nulled && from.kind().exact();
    }

    /// What the source's sum holds that the target's does not: rows that are not there, and values
    /// that people corrected.
    private BigDecimal apart(StepView step, String column) throws SQLException {
        BigDecimal sum = BigDecimal.ZERO;
        String after = "";
        var all = QuarantineFilter.ALL.of(step.name());
        while (true) {
            List<Quarantined> page =
                    quarantine.page(runId, all, after.isEmpty() ? "" : step.name(), after, PAGE);
            for (Quarantined row : page) {
                if (row.state() != QuarantineState.RESOLVED) {
                    sum = sum.add(number(row.row().get(column)));
                } else if (row.corrected().containsKey(column)) {
                    sum = sum.add(number(row.row().get(column)));
                    sum = sum.subtract(number(row.corrected().get(column)));
                }
            }
            if (page.size() < PAGE) {
                return sum;
            }
            after = page.getLast().key();
        }
    }

    private static BigDecimal number(@Nullable String value) {
        return value != null && value.matches("-?\\d+(\\.\\d+)?")
                ? new BigDecimal(value)
                : BigDecimal.ZERO;
    }

    private Validation compare(StepView step, Column column, BigDecimal wanted)
            throws SQLException {
        BigDecimal sum;
        String sql =
                "SELECT sum(%s) FROM %s"
                        .formatted(target.quote(column.name()), target.quote(step.table().name()));
        try (var statement = target.connection().prepareStatement(sql);
                var row = statement.executeQuery()) {
            row.next();
            String text = row.getString(1);
            sum = text == null ? BigDecimal.ZERO : new BigDecimal(text);
        }
        if ("minor".equals(column.store()) && column.type() instanceof ColumnType.Decimal d) {
            sum = sum.movePointLeft(d.scale());
        }
        boolean passed = sum.compareTo(wanted) == 0;
        return new Validation(
                runId,
                step.name(),
                "sum(" + column.name() + ")",
                passed,
                Figure.of(wanted),
                Figure.of(sum),
                passed
                        ? null
                        : "%s.%s: %s too %s in the target"
                                .formatted(
                                        step.table().name(),
                                        column.name(),
                                        Figure.of(sum.subtract(wanted).abs()),
                                        sum.compareTo(wanted) > 0 ? "much" : "little"));
    }
}
