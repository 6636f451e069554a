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
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.source.SourceColumn;
import dev.slipway.backend.migration.source.SourceTable;
import dev.slipway.backend.migration.target.Stored;
import dev.slipway.backend.migration.target.TargetColumn;
import dev.slipway.backend.migration.target.TargetTable;
import dev.slipway.config.Nearest;
import dev.slipway.config.Problems;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Holds one step against its source and its target.
final class StepPreparer {
    private final Step step;
    private final Source source;
    private final Converters converters;
    private final Problems problems;
    private final Map<String, PreparedStep> others;
    private boolean good = true;

    StepPreparer(
            Step step,
            Source source,
            Converters converters,
            Problems problems,
            Map<String, PreparedStep> others) {
        this.step = step;
        this.source = source;
        this.converters = converters;
        this.problems = problems;
        this.others = others;
    }

    void noTable(List<String> known) {
        problem(
                step.line(),
                "the target has no table '"
                        + step.target()
                        + "'"
                        + Nearest.hint(step.target(), known));
    }

    Optional<PreparedStep> prepare(TargetTable table, boolean deep) throws SQLException {
        SourceTable from = describe();
        if (from == null) {
            return Optional.empty();
        }
        List<String> key = key(from, deep);
        names(from);
        var reading = new Reading(step.source(), needed(from, key), key);
        var whole = new Reading(step.source(), all(from, reading.columns()), key);
        if (good && source.sorts(reading, reading.numbered() && !step.ordered())) {
            // nothing of it is read twice, so whatever a bad row holds is read at once
            whole = new Reading(step.source(), whole.columns(), key, true);
            reading = whole;
        }
        List<Field> fields = new ArrayList<>();
        for (Column column : step.columns()) {
            field(column, table, reading).ifPresent(fields::add);
        }
        required(table);
        int id = id(table, fields);
        return good
                ? Optional.of(new PreparedStep(step, reading, whole, table, fields, id))
                : Optional.empty();
    }

    private @Nullable SourceTable describe() throws SQLException {
        try {
            return source.describe(step.source());
        } catch (SQLException e) {
            String table = step.source().table();
            String hint = table.isEmpty() ? "" : Nearest.hint(table, source.tables());
            problem(step.source().line(), "the source can't be read: " + e.getMessage() + hint);
            return null;
        }
    }

    private List<String> key(SourceTable from, boolean deep) throws SQLException {
        if (step.key().isEmpty()) {
            if (from.unique().isEmpty()) {
                problem(step.line(), "the source names no key: 'key' must list columns that do");
                return List.of();
            }
            List<String> own = from.unique().getFirst();
            own.forEach(column -> from.column(column).ifPresent(this::comparable));
            return own;
        }
        for (String column : step.key()) {
            source(from, step.line(), column);
            from.column(column).ifPresent(this::comparable);
        }
        if (good && deep && !vouched(from)) {
            unique(from);
        }
        return step.key();
    }

    /// A key is kept as text, and must come back as the same value.
    private void comparable(SourceColumn column) {
        String instead =
                switch (column.kind()) {
                    case BINARY -> "HEX(" + column.name() + ")";
                    case FLOAT -> "CAST(" + column.name() + " AS DECIMAL(38, 10))";
                    default -> "";
                };
        if (!instead.isEmpty()) {
            problem(
                    step.line(),
                    "the key '%s' holds %s, which can't be compared as text: name one of 'expressions', such as '%s'"
                            .formatted(
                                    column.name(),
                                    column.kind() == SourceColumn.Kind.BINARY
                                            ? "bytes"
                                            : "floating-point numbers",
                                    instead));
        }
    }

    private boolean vouched(SourceTable from) {
        Set<String> key = step.key().stream().map(String::toLowerCase).collect(Collectors.toSet());
        return from.unique().stream()
                .anyMatch(u -> key.containsAll(u.stream().map(String::toLowerCase).toList()));
    }

    /// Rows that share a key, or have none, could be lost between two chunks.
    private void unique(SourceTable from) throws SQLException {
        String columns =
                step.key().stream()
                        .map(k -> "s." + source.quote(k))
                        .collect(Collectors.joining(", "));
        String nulls =
                step.key().stream()
                        .map(k -> "s." + source.quote(k) + " IS NULL")
                        .collect(Collectors.joining(" OR "));
        String sql =
                "SELECT %s, count(*) FROM %s GROUP BY %s HAVING count(*) > 1 OR %s LIMIT 1"
                        .formatted(columns, source.from(step.source()), columns, nulls);
        var found = source.query(sql, 1);
        if (!found.isEmpty()) {
            problem(
                    step.line(),
                    "the key " + step.key() + " is not unique or is NULL: " + found.getFirst());
        }
    }

    /// Every column that the step speaks of must be there.
    private void names(SourceTable from) {
        for (Match match : step.matches()) {
            match.columns().forEach(column -> source(from, match.line(), column));
        }
        step.skip().keySet().forEach(column -> source(from, step.line(), column));
        step.repeats().forEach(column -> source(from, step.line(), column));
        for (Column column : step.columns()) {
            column.from().forEach(name -> source(from, column.line(), name));
        }
    }

    private void source(SourceTable from, int line, String column) {
        if (from.column(column).isEmpty()) {
            problem(
                    line,
                    "the source has no column '"
                            + column
                            + "'"
                            + Nearest.hint(column, from.names()));
        }
    }

    /// The columns that the step speaks of.
    private List<SourceColumn> needed(SourceTable from, List<String> key) {
        Set<String> used =
                Stream.of(
                                key.stream(),
                                step.skip().keySet().stream(),
                                step.repeats().stream(),
                                step.matches().stream().flatMap(m -> m.columns().stream()),
                                step.columns().stream().flatMap(c -> c.from().stream()))
                        .flatMap(s -> s)
                        .map(String::toLowerCase)
                        .collect(Collectors.toSet());
        return from.columns().stream().filter(c -> used.contains(c.name().toLowerCase())).toList();
    }

    /// Everything but bytes that no one asks for.
    private static List<SourceColumn> all(SourceTable from, List<SourceColumn> needed) {
        return from.columns().stream()
                .filter(c -> c.kind() != SourceColumn.Kind.BINARY || needed.contains(c))
                .toList();
    }

    private Optional<Field> field(Column column, TargetTable table, Reading reading) {
        TargetColumn target = table.column(column.name()).orElse(null);
        if (target == null) {
            problem(
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
            problem(column.line(), unfit(column, target));
        }
        if (target.required() && nullable(column)) {
            problem(
                    column.line(),
                    "'"
                            + column.name()
                            + "' may not be NULL in the target: 'on-missing' must be quarantine,"
                            + " skip or default");
        }
        lookup(column, target);
        if (!good || stored == null) {
            return Optional.empty();
        }
        int[] from = column.from().stream().mapToInt(reading::index).toArray();
        try {
            return Optional.of(
                    new Field(
                            column, target, from, tellsRepair(column), converter(column), stored));
        } catch (BadValue e) {
            problem(column.line(), "the default '" + column.fallback() + "' " + e.reason());
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
            default -> column.onMissing() == Rule.NULL || column.onBad() == Rule.NULL;
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
            problem(column.line(), "a lookup has no default: let 'on-bad' be null or quarantine");
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
            problem(
                    column.line(),
                    "'"
                            + lookup.by()
                            + "' is neither a match key of step '"
                            + lookup.step()
                            + "' nor a unique column of its table"
                            + Nearest.hint(lookup.by(), known));
        } else if (!match && of.table().primary().size() != 1) {
            problem(column.line(), "the key of '" + of.table().name() + "' is not one column");
        }
        if (target.kind() == dev.slipway.backend.migration.target.Kind.OTHER) {
            problem(column.line(), unfit(column, target));
        }
    }

    private void required(TargetTable table) {
        Set<String> filled = step.columns().stream().map(Column::name).collect(Collectors.toSet());
        for (TargetColumn column : table.columns()) {
            if (column.required() && !filled.contains(column.name())) {
                problem(
                        step.line(),
                        "the table '"
                                + table.name()
                                + "' wants a value for '"
                                + column.name()
                                + "', which no column of the step gives");
            }
        }
    }

    private int id(TargetTable table, List<Field> fields) {
        int id = -1;
        for (int i = 0; i < fields.size(); i++) {
            if (table.primary().equals(List.of(fields.get(i).target.name()))) {
                id = i;
            }
        }
        if (table.primary().isEmpty()) {
            problem(step.line(), "the table '" + table.name() + "' has no primary key");
        } else if (id < 0 && !step.matches().isEmpty()) {
            problem(
                    step.line(),
                    "'match' wants the key of '" + table.name() + "' to be one column of the step");
        }
        return id;
    }

    private void problem(int line, String message) {
        problems.add(line, 1, message);
        good = false;
    }
}
