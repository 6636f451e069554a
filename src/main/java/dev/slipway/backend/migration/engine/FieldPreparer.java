package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.convert.BadValue;
import dev.slipway.backend.migration.convert.Converter;
import dev.slipway.backend.migration.convert.Converters;
import dev.slipway.backend.migration.plan.Column;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.Match;
import dev.slipway.backend.migration.plan.Rule;
import dev.slipway.backend.migration.plan.Step;
import dev.slipway.backend.migration.source.Reading;
import dev.slipway.backend.migration.target.Kind;
import dev.slipway.backend.migration.target.Stored;
import dev.slipway.backend.migration.target.TargetColumn;
import dev.slipway.backend.migration.target.TargetTable;
import dev.slipway.config.Nearest;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Holds one column of a step against its target, and finds what converts it.
final class FieldPreparer {
    private final Step step;
    private final Converters converters;
    private final Map<String, PreparedStep> others;
    private final Faults faults;

    /// @param others the steps that are prepared already, by name
    FieldPreparer(
            Step step, Converters converters, Map<String, PreparedStep> others, Faults faults) {
        this.step = step;
        this.converters = converters;
        this.others = others;
        this.faults = faults;
    }

    Optional<Field> field(Column column, TargetTable table, Reading reading) {
        TargetColumn target = table.column(column.name()).orElse(null);
        if (target == null) {
            faults.at(
                    column.line(),
                    "the table '"
                            + table.name()
                            + "' has no column '"
                            + column.name()
                            + "'"
                            + Nearest.hint(column.name(), table.names()));
            return Optional.empty();
        }
        Stored stored = Stored.of(column, target);
        if (stored == null) {
            faults.at(column.line(), unfit(column, target));
        }
        if (target.required() && nullable(column)) {
            faults.at(
                    column.line(),
                    "'"
                            + column.name()
                            + "' may not be NULL in the target: 'on-missing' must be quarantine,"
                            + " skip or default, and no other rule null");
        }
        lookup(column, target);
        if (!faults.none() || stored == null) {
            return Optional.empty();
        }
        int[] from = column.from().stream().mapToInt(reading::index).toArray();
        try {
            return Optional.of(
                    new Field(
                            column, target, from, tellsRepair(column), converter(column), stored));
        } catch (BadValue e) {
            faults.at(column.line(), "the default '" + column.fallback() + "' " + e.reason());
            return Optional.empty();
        }
    }

    /// Of the columns that repair one source column only the first counts it.
    private boolean tellsRepair(Column column) {
        return column.repair()
                && step.columns().stream()
                        .filter(c -> c.repair() && !Collections.disjoint(c.from(), column.from()))
                        .findFirst()
                        .orElseThrow()
                        .equals(column);
    }

    private @Nullable Converter converter(Column column) {
        return switch (column.type()) {
            case ColumnType.Reference _, ColumnType.Gap _, ColumnType.Generated _ -> null;
            default -> converters.of(column.type());
        };
    }

    private static boolean nullable(Column column) {
        return switch (column.type()) {
            case ColumnType.Constant _, ColumnType.Found _, ColumnType.Generated _ -> false;
            case ColumnType.Gap _ -> true;
            default ->
                    column.onMissing() == Rule.NULL
                            || column.onBad() == Rule.NULL
                            || (column.type() instanceof ColumnType.Temporal temporal
                                    && temporal.clocksMay(Rule.NULL));
        };
    }

    private static String unfit(Column column, TargetColumn target) {
        String what =
                "a "
                        + column.type().word()
                        + " can't be kept as "
                        + target.declared()
                        + " in '"
                        + target.name()
                        + "'";
        return switch (column.type()) {
            case ColumnType.Decimal _ ->
                    what + " exactly: 'store: minor' keeps hundredths in an integer";
            case ColumnType.Temporal _ ->
                    what + ": 'store' may be epoch-seconds or epoch-millis in an integer";
            default -> what;
        };
    }

    private void lookup(Column column, TargetColumn target) {
        if (!(column.type() instanceof ColumnType.Reference lookup)) {
            return;
        }
        if (column.fallback() != null) {
            faults.at(column.line(), "a lookup has no default: let 'on-bad' be null or quarantine");
        }
        PreparedStep of = others.get(lookup.step());
        if (of == null) {
            return;
        }
        boolean match = of.step().match(lookup.by()).isPresent();
        boolean unique = of.table().unique().contains(List.of(lookup.by()));
        if (!match && !unique) {
            List<String> known =
                    Stream.concat(
                                    of.step().matches().stream().map(Match::name),
                                    of.table().unique().stream()
                                            .filter(u -> u.size() == 1)
                                            .map(List::getFirst))
                            .toList();
            faults.at(
                    column.line(),
                    "'"
                            + lookup.by()
                            + "' is neither a match key of step '"
                            + lookup.step()
                            + "' nor a unique column of its table"
                            + Nearest.hint(lookup.by(), known));
        } else if (!match && of.table().primary().size() != 1) {
            faults.at(column.line(), "the key of '" + of.table().name() + "' is not one column");
        }
        if (target.kind() == Kind.OTHER) {
            faults.at(column.line(), unfit(column, target));
        }
    }
}
