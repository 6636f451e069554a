package dev.slipway.backend.migration.validation;

import dev.slipway.backend.migration.ledger.Keys;
import dev.slipway.backend.migration.plan.Column;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.Match;
import dev.slipway.backend.migration.plan.Rule;
import dev.slipway.backend.migration.target.Kind;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.TargetColumn;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds in the target what a source row became, row by row and in plain SQL. What the rows of a
/// chunk lead to can be asked for beforehand, by [#expect].
final class SampledTarget implements AutoCloseable {
    private static final Pattern WHOLE = Pattern.compile("-?\\d{1,18}");
    private static final Pattern ZEROS = Pattern.compile("\\.0+$");

    private final String runId;
    private final Target target;
    private final Map<String, StepView> steps;
    private final TargetLookups lookups;

    /// @param space of the run's keys in the ledger
    SampledTarget(String runId, Target target, Map<String, StepView> steps, String space) {
        this.runId = runId;
        this.target = target;
        this.steps = steps;
        this.lookups = new TargetLookups(target, space);
    }

    /// The rows among some that are in quarantine, by their key.
    Map<String, Found.Refused> refused(StepView step, Collection<String> keys) throws SQLException {
        Map<String, Found.Refused> refused = new HashMap<>();
        String sql =
                target.find(
                        "row_key, column_name, rule, state",
                        target.ledger("quarantine"),
                        "run_id = ? AND step = ? AND state <> 'RESOLVED'",
                        "row_key");
        try (var statement = target.connection().prepareStatement(sql)) {
            target.bindAll(statement, 1, Kind.TEXT, keys);
            statement.setString(2, runId);
            statement.setString(3, step.name());
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    String rule = row.getString(3);
                    boolean accepted = "ACCEPTED".equals(row.getString(4));
                    boolean other =
                            accepted || rule.equals("constraint") || rule.startsWith("lookup");
                    refused.put(row.getString(1), new Found.Refused(row.getString(2), rule, other));
                }
            }
        }
        return refused;
    }

    /// Asks for what some rows lead to, all at once: else each is several questions of its own.
    /// What was asked for before is forgotten.
    void expect(StepView step, List<@Nullable String[]> rows) throws SQLException {
        lookups.clear();
        for (Column column : step.step().columns()) {
            StepView of =
                    column.type() instanceof ColumnType.Reference lookup
                            ? steps.get(lookup.step())
                            : null;
            if (of != null) {
                expectReferred(step, column, of, rows);
            }
        }
        for (Match match : step.step().matches()) {
            Set<String> naturals = new LinkedHashSet<>();
            for (@Nullable String[] row : rows) {
                add(naturals, NaturalKey.of(match, step.values(row, match.columns())));
            }
            lookups.expectMatches(step, match, naturals);
        }
        expectRows(step, rows);
    }

    private void expectReferred(
            StepView step, Column column, StepView of, List<@Nullable String[]> rows)
            throws SQLException {
        var lookup = (ColumnType.Reference) column.type();
        Match match = of.step().match(lookup.by()).orElse(null);
        Set<String> wanted = new LinkedHashSet<>();
        for (@Nullable String[] row : rows) {
            List<@Nullable String> values =
                    NaturalKey.prepared(column, step.values(row, column.from()));
            add(wanted, NaturalKey.of(match, values));
        }
        if (match != null) {
            lookups.expectMatches(of, match, wanted);
            return;
        }
        TargetColumn by = of.table().column(lookup.by()).orElseThrow();
        TargetColumn id = of.table().column(of.table().primary().getFirst()).orElseThrow();
        Set<Object> typed = new LinkedHashSet<>();
        for (String value : wanted) {
            Object key = key(by, value);
            if (key != null) {
                typed.add(key);
            }
        }
        lookups.expectColumn(of, by, id, typed);
    }

    private static <T> void add(Set<T> all, @Nullable T one) {
        if (one != null) {
            all.add(one);
        }
    }

    private void expectRows(StepView step, List<@Nullable String[]> rows) throws SQLException {
        if (step.table().primary().size() != 1) {
            return;
        }
        TargetColumn id = step.table().column(step.table().primary().getFirst()).orElseThrow();
        Set<Object> keys = new LinkedHashSet<>();
        for (@Nullable String[] row : rows) {
            keys.addAll(primary(step, row, Keys.shown(step.key(row))));
        }
        lookups.expectRows(step, id, keys);
    }

    /// What became of a row that is not in quarantine.
    ///
    /// @param shown its key
    Found find(StepView step, @Nullable String[] row, String shown) throws SQLException {
        if (step.step().merge() != null && merged(step, row, shown)) {
            return new Found.Elsewhere();
        }
        List<Object> primary = primary(step, row, shown);
        return primary.isEmpty() ? new Found.Elsewhere() : byPrimary(step, primary);
    }

    /// Whether another row stands for this one.
    private boolean merged(StepView step, @Nullable String[] row, String key) throws SQLException {
        Match match = step.step().match(String.valueOf(step.step().merge())).orElseThrow();
        List<List<@Nullable Object>> origin = matchKey(step, match, row);
        return !origin.isEmpty() && !key.equals(origin.getFirst().get(1));
    }

    private List<List<@Nullable Object>> matchKey(
            StepView step, Match match, @Nullable String[] row) throws SQLException {
        String natural = NaturalKey.of(match, step.values(row, match.columns()));
        return natural == null ? List.of() : lookups.match(step, match, natural);
    }

    /// The values of the target's primary key, as far as they can be told; else empty.
    private List<Object> primary(StepView step, @Nullable String[] row, String key)
            throws SQLException {
        List<Object> values = new ArrayList<>();
        for (String name : step.table().primary()) {
            Column column =
                    step.step().columns().stream()
                            .filter(c -> c.name().equals(name))
                            .findFirst()
                            .orElse(null);
            TargetColumn kept = step.table().column(name).orElseThrow();
            Object value = column == null ? null : told(step, column, kept, row, key);
            if (value == null) {
                return List.of();
            }
            values.add(value);
        }
        return values;
    }

    private @Nullable Object told(
            StepView step, Column column, TargetColumn kept, @Nullable String[] row, String key)
            throws SQLException {
        if (column.type() instanceof ColumnType.Generated) {
            for (Match match : step.step().matches()) {
                var found = matchKey(step, match, row);
                if (!found.isEmpty() && key.equals(found.getFirst().get(1))) {
                    return typed(kept, String.valueOf(found.getFirst().getFirst()));
                }
            }
            return null;
        }
        return witness(step, column, row) instanceof Witness.Word.Holds holds
                        && holds.value() != null
                ? typed(kept, Cell.plain(column, holds.value()))
                : null;
    }

    private static @Nullable Object typed(TargetColumn kept, String value) {
        return switch (kept.kind()) {
            case INTEGER -> WHOLE.matcher(value).matches() ? Long.valueOf(value) : null;
            case TEXT -> value;
            default -> null;
        };
    }

    private Found byPrimary(StepView step, List<Object> primary) throws SQLException {
        var found = lookups.row(step, primary);
        return found.isEmpty() ? new Found.Absent() : new Found.Row(found.getFirst());
    }

    /// What a column must hold, lookups too.
    Witness.Word witness(StepView step, Column column, @Nullable String[] row) throws SQLException {
        List<@Nullable String> raw = step.values(row, column.from());
        return column.type() instanceof ColumnType.Reference lookup
                ? lookup(column, lookup, raw)
                : Witness.of(column, raw);
    }

    private Witness.Word lookup(
            Column column, ColumnType.Reference lookup, List<@Nullable String> raw)
            throws SQLException {
        StepView of = steps.get(lookup.step());
        if (of == null) {
            return new Witness.Word.Silent();
        }
        Match match = of.step().match(lookup.by()).orElse(null);
        String natural = NaturalKey.of(match, NaturalKey.prepared(column, raw));
        Object found =
                natural == null
                        ? null
                        : match == null
                                ? byColumn(of, lookup.by(), natural)
                                : first(lookups.match(of, match, natural));
        if (lookup instanceof ColumnType.Found) {
            return new Witness.Word.Holds(found != null);
        }
        if (natural == null) {
            return ruled(column, column.onMissing());
        }
        return found == null ? ruled(column, column.onBad()) : new Witness.Word.Holds(found);
    }

    private @Nullable Object byColumn(StepView of, String by, String value) throws SQLException {
        TargetColumn column = of.table().column(by).orElseThrow();
        TargetColumn id = of.table().column(of.table().primary().getFirst()).orElseThrow();
        Object typed = key(column, value);
        return typed == null ? null : first(lookups.column(of, column, id, typed));
    }

    private static @Nullable Object key(TargetColumn column, String value) {
        boolean number = column.kind() == Kind.INTEGER;
        return typed(column, number ? ZEROS.matcher(value).replaceFirst("") : value);
    }

    private static @Nullable Object first(List<List<@Nullable Object>> rows) {
        return rows.isEmpty() ? null : rows.getFirst().getFirst();
    }

    private static Witness.Word ruled(Column column, Rule rule) {
        return rule == Rule.NULL
                ? new Witness.Word.Holds(null)
                : new Witness.Word.NotWritten(column.name() + " leads nowhere");
    }

    /// Whether a lookup may be why a row is not there.
    boolean lookupMay(StepView step, @Nullable String[] row) throws SQLException {
        for (Column column : step.step().columns()) {
            if (witness(step, column, row) instanceof Witness.Word.NotWritten) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws SQLException {
        lookups.close();
    }
}
