package dev.slipway.backend.migration.validation;

import dev.slipway.backend.migration.plan.Column;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.ColumnType.Impossible;
import dev.slipway.backend.migration.plan.Rule;
import dev.slipway.backend.migration.plan.Wins;
import dev.slipway.backend.migration.source.Sought;
import dev.slipway.backend.migration.source.SourceColumn;
import dev.slipway.backend.migration.target.Kind;
import dev.slipway.backend.migration.target.TargetColumn;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Which columns of a step both databases can add up themselves, and why not the others.
///
/// @param sums whose value is the source's number
/// @param days whose value is the source's day or moment
/// @param key the target's key if it is the source's, or null
/// @param currency what parts the sums of money, or null
/// @param not the others by name, each with the reason
record Totalled(
        List<Column> sums,
        List<Column> days,
        @Nullable Column key,
        @Nullable Column currency,
        Map<String, String> not) {

    static Totalled of(StepView step) {
        List<Column> sums = new ArrayList<>();
        List<Column> days = new ArrayList<>();
        Map<String, String> not = new LinkedHashMap<>();
        for (Column column : step.step().columns()) {
            switch (column.type()) {
                case ColumnType.Whole _, ColumnType.Decimal _ -> {
                    String why = whyNot(step, column);
                    if (why == null) {
                        sums.add(column);
                    } else {
                        not.put(column.name(), why);
                    }
                }
                case ColumnType.Temporal temporal -> {
                    String why = whyNot(step, column, temporal);
                    if (why == null) {
                        days.add(column);
                    } else {
                        not.put(column.name(), why);
                    }
                }
                default -> {}
            }
        }
        Column key = key(step, sums);
        if (key == null) {
            not.put("distinct keys", "the target's key is not the source's");
        }
        return new Totalled(sums, days, key, currency(step), not);
    }

    /// @return null if the column is the source's number as it is
    private static @Nullable String whyNot(StepView step, Column column) {
        String changed = changed(step, column);
        if (changed != null) {
            return changed;
        }
        if (!column.missing().isEmpty()) {
            return "some of its numbers mean none";
        }
        if (column.onBad() == Rule.NULL) {
            return "what can't be read becomes NULL";
        }
        boolean asItIs =
                switch (column.type()) {
                    case ColumnType.Whole whole -> whole.strip() == null;
                    case ColumnType.Decimal decimal ->
                            !decimal.share()
                                    && !decimal.round()
                                    && decimal.negative() != ColumnType.Negative.ABSOLUTE;
                    default -> false;
                };
        if (!asItIs) {
            return "the plan changes its numbers";
        }
        if (!source(step, column).kind().exact()) {
            return "the source holds it as text or floating point";
        }
        Kind kind = target(step, column).kind();
        return kind == Kind.INTEGER || kind == Kind.NUMERIC ? null : "the target keeps it as text";
    }

    /// @return null if the column is the source's day or moment as it is
    private static @Nullable String whyNot(
            StepView step, Column column, ColumnType.Temporal temporal) {
        String changed = changed(step, column);
        if (changed != null) {
            return changed;
        }
        boolean day =
                switch (source(step, column).kind()) {
                    case DATE, DATETIME, TIMESTAMP -> true;
                    default -> false;
                };
        if (!day) {
            return "the source holds it as text or a number";
        }
        if (!temporal.formats().getFirst().equals("iso")) {
            return "the plan reads its days in another way";
        }
        if (temporal.impossible() == Impossible.CLAMP) {
            return "days that are in no calendar become others";
        }
        boolean twice =
                step.step().columns().stream()
                        .anyMatch(
                                c ->
                                        c.from().equals(column.from())
                                                && c.type() instanceof ColumnType.Temporal other
                                                && (other.earliest() != temporal.earliest()
                                                        || other.latest() != temporal.latest()));
        if (twice) {
            return "two columns hold other years of it";
        }
        boolean plausible =
                column.missing().stream()
                        .anyMatch(m -> MomentReading.of(temporal, m) instanceof Reading.Some);
        if (plausible) {
            return "some of its days mean none";
        }
        return target(step, column).kind() == Kind.TEXT ? "the target keeps it as text" : null;
    }

    private static @Nullable String changed(StepView step, Column column) {
        if (step.step().merge() != null && column.wins() != Wins.FIRST) {
            return "merged rows may take it from another";
        }
        if (column.from().size() != 1) {
            return "it comes from several columns";
        }
        if (column.extract() != null) {
            return "the plan takes a part of it";
        }
        return column.fallback() == null ? null : "a default stands for some";
    }

    private static SourceColumn source(StepView step, Column column) {
        return step.reading().columns().get(step.reading().index(column.from().getFirst()));
    }

    private static TargetColumn target(StepView step, Column column) {
        return step.table().column(column.name()).orElseThrow();
    }

    /// Numbers that are the only key of both sides.
    private static @Nullable Column key(StepView step, List<Column> sums) {
        return step.reading().key().size() == 1
                ? sums.stream()
                        .filter(c -> step.table().primary().equals(List.of(c.name())))
                        .filter(c -> c.from().equals(step.reading().key()))
                        .findFirst()
                        .orElse(null)
                : null;
    }

    /// The one column that says which currency an amount is in.
    private static @Nullable Column currency(StepView step) {
        List<Column> found =
                step.step().columns().stream()
                        .filter(
                                c ->
                                        c.type() instanceof ColumnType.Currency
                                                || c.name().equals("currency")
                                                || c.name().endsWith("_currency"))
                        .filter(c -> !(c.type() instanceof ColumnType.Reference))
                        .filter(c -> c.from().size() <= 1)
                        .toList();
        return found.size() == 1 ? found.getFirst() : null;
    }

    Sought sought() {
        return new Sought(
                sums.stream().map(c -> c.from().getFirst()).distinct().toList(),
                days.stream()
                        .map(
                                c -> {
                                    var type = (ColumnType.Temporal) c.type();
                                    return new Sought.Days(
                                            c.from().getFirst(), type.earliest(), type.latest());
                                })
                        .distinct()
                        .toList(),
                currency == null || currency.from().isEmpty() ? null : currency.from().getFirst());
    }
}
