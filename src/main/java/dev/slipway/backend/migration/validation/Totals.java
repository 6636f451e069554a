package dev.slipway.backend.migration.validation;

import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.ledger.Counts;
import dev.slipway.backend.migration.ledger.LedgerStep;
import dev.slipway.backend.migration.ledger.Quarantine;
import dev.slipway.backend.migration.plan.Column;
import dev.slipway.backend.migration.source.Added;
import dev.slipway.backend.migration.target.Target;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// Totals that both databases add up themselves, wherever a column's value is the source's own: no
/// converter has a hand in them. Sums, those of money by currency; the least and the greatest day;
/// distinct keys. Where one can't be given, that is said with the reason.
final class Totals {
    private static final int MOST_REFUSED = 100_000;
    private static final int MOST_KEYS = 300_000;
    private static final String NOT_GIVEN = "totals not given";
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
        if (known.rows() == 0) {
            return List.of();
        }
        if (counts.quarantined() > MOST_REFUSED) {
            String why = "%d rows are in quarantine, more than are added up";
            return List.of(notGiven(step, why.formatted(counts.quarantined())));
        }
        Totalled what = Totalled.of(step);
        long gone = counts.merged() + counts.skipped();
        String why = gone == 0 ? null : untold(step, what, known);
        return why == null
                ? compared(step, known, what, gone)
                : List.of(
                        notGiven(
                                step,
                                "%d of %d rows were merged or skipped, and %s"
                                        .formatted(gone, counts.read(), why)));
    }

    /// Why it can't be told which rows are gone, or null if it can.
    private static @Nullable String untold(StepView step, Totalled what, LedgerStep known) {
        if (what.key() == null || !step.integerKey()) {
            return "no number is the key of both sides by which to tell which";
        }
        return known.rows() > MOST_KEYS
                ? "there are more than %d keys to tell which".formatted(MOST_KEYS)
                : null;
    }

    private List<Validation> compared(StepView step, LedgerStep known, Totalled what, long gone)
            throws SQLException {
        Map<String, String> not = new LinkedHashMap<>(what.not());
        List<Validation> found = new ArrayList<>();
        if (!what.sums().isEmpty() || !what.days().isEmpty()) {
            Added there = source.add(step, known, what.sought());
            var apart = new Apart(what);
            apart.read(quarantine, runId, step.name());
            Column key = what.key();
            if (gone > 0 && key != null) {
                long missing = new Gone(source, target, step, key).add(known, apart);
                found.add(
                        compare(
                                step,
                                "rows merged or skipped",
                                Long.toString(gone),
                                Long.toString(missing)));
            }
            var here = new TargetTotals(target, step, what);
            here.add();
            for (Column column : what.sums()) {
                found.addAll(sums(step, what, column, there, apart, here, not));
            }
            for (Column column : what.days()) {
                found.addAll(days(step, column, there, apart, here, not));
            }
            if (key != null && apart.corrected(key)) {
                not.put("distinct keys", "some were corrected by hand");
            } else if (key != null) {
                long wanted = there.keys() - apart.rows();
                found.add(
                        compare(
                                step,
                                "distinct " + key.name(),
                                Long.toString(wanted),
                                Long.toString(here.keys(key))));
            }
        }
        if (!not.isEmpty()) {
            found.add(
                    notGiven(
                            step,
                            not.entrySet().stream()
                                    .map(e -> e.getKey() + ": " + e.getValue())
                                    .collect(Collectors.joining("; "))));
        }
        return found;
    }

    private List<Validation> sums(
            StepView step,
            Totalled what,
            Column column,
            Added there,
            Apart apart,
            TargetTotals here,
            Map<String, String> not) {
        String from = column.from().getFirst();
        if (!there.exact(from)) {
            not.put(column.name(), "the source holds values that it can't add up exactly");
            return List.of();
        }
        if (apart.corrected(what.currency())) {
            not.put(column.name(), "some currencies were corrected by hand");
            return List.of();
        }
        Map<String, BigDecimal> wanted = new TreeMap<>();
        there.sums(from)
                .forEach(
                        (by, sum) ->
                                wanted.merge(
                                        Apart.label(what, column, by.isEmpty() ? null : by),
                                        sum,
                                        BigDecimal::add));
        apart.sums(column).forEach((by, sum) -> wanted.merge(by, sum.negate(), BigDecimal::add));
        var labels = new TreeSet<>(wanted.keySet());
        labels.addAll(here.sums(column).keySet());
        List<Validation> found = new ArrayList<>();
        for (String label : labels) {
            BigDecimal source = wanted.getOrDefault(label, BigDecimal.ZERO);
            BigDecimal sum = here.sums(column).getOrDefault(label, BigDecimal.ZERO);
            // of a currency that all of its rows wait with nothing is to be compared
            if (!label.equals("?") || sum.signum() != 0 || source.signum() != 0) {
                found.add(sum(step, column, label, source, sum));
            }
        }
        return found;
    }

    private Validation sum(
            StepView step, Column column, String label, BigDecimal wanted, BigDecimal sum) {
        boolean passed = sum.compareTo(wanted) == 0;
        return new Validation(
                runId,
                step.name(),
                ("sum(" + column.name() + ") " + label).strip(),
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

    private List<Validation> days(
            StepView step,
            Column column,
            Added there,
            Apart apart,
            TargetTotals here,
            Map<String, String> not) {
        String from = column.from().getFirst();
        var wanted = new Days();
        String why = apart.corrected(column) ? "some were corrected by hand" : null;
        for (String raw : new @Nullable String[] {there.least(from), there.greatest(from)}) {
            Object value = raw == null ? null : Days.read(column, raw);
            if (raw != null && value == null) {
                why = "'" + raw + "' is no value of the column";
            } else if (raw != null && Days.disordered(column, raw)) {
                why = "clocks were changed about '" + raw + "'";
            }
            wanted.add(value);
        }
        if (why != null) {
            not.put(column.name(), why);
            return List.of();
        }
        // what waits in quarantine is of the source's days too
        Days stands = here.days(column).with(apart.days(column));
        return List.of(
                compare(step, "min(" + column.name() + ")", wanted.least(), stands.least()),
                compare(step, "max(" + column.name() + ")", wanted.greatest(), stands.greatest()));
    }

    private Validation compare(StepView step, String name, String wanted, String found) {
        boolean passed = wanted.equals(found);
        return new Validation(
                runId,
                step.name(),
                name,
                passed,
                wanted,
                found,
                passed ? null : step.table().name());
    }

    /// No check, but where one might be missed.
    private Validation notGiven(StepView step, String why) {
        return new Validation(runId, step.name(), NOT_GIVEN, true, "", "", why);
    }
}
