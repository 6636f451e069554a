package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.engine.PreparedStep;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.plan.SourceQuery;
import dev.slipway.backend.migration.source.ColumnOrigin;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.source.SourceColumn;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds out for each step which changes of which tables concern it.
public final class CoverageCheck {
    private static final Pattern WORD =
            Pattern.compile("[`\"\\[]?([\\p{L}_$][\\p{L}\\p{N}_$]*)[`\"\\]]?(\\s*\\.)?");
    private static final Pattern NO_SQL = Pattern.compile("'(?:[^']|'')*'|--[^\\n]*|/\\*.*?\\*/");

    private final Source source;
    private final Map<String, String> tables = new HashMap<>();

    public CoverageCheck(Source source) throws SQLException {
        this.source = source;
        source.tables().forEach(table -> tables.put(table.toLowerCase(Locale.ROOT), table));
    }

    /// Of all steps, in the plan's order.
    public List<Coverage> of(Iterable<PreparedStep> steps) throws SQLException {
        List<Coverage> all = new ArrayList<>();
        for (PreparedStep step : steps) {
            all.add(of(step));
        }
        return all;
    }

    private Coverage of(PreparedStep step) throws SQLException {
        String unkeyed = unkeyed(step);
        if (!unkeyed.isEmpty()) {
            return coverage(step, Coverage.How.NOT_SYNCED, "", List.of(), Set.of(), unkeyed);
        }
        String untyped = untyped(step);
        if (!untyped.isEmpty()) {
            return coverage(step, Coverage.How.NOT_SYNCED, "", List.of(), Set.of(), untyped);
        }
        SourceQuery query = step.reading().query();
        String further = query.where() + " " + String.join(" ", query.expressions().values());
        if (query.sql().isEmpty()) {
            return ofTable(step, query.table(), mentioned(further));
        }
        return ofSql(step, query.sql(), further);
    }

    /// The sync must know each target row by its key.
    private static String unkeyed(PreparedStep step) {
        List<String> primary = step.table().primary();
        List<String> given = step.columns().stream().map(c -> c.name()).toList();
        if (!given.containsAll(primary)) {
            return "the target numbers the rows of '"
                    + step.table().name()
                    + "' itself; let a column of the step be 'generated'";
        }
        boolean otherNumber =
                step.step().columns().stream()
                        .anyMatch(
                                c ->
                                        c.type() instanceof ColumnType.Generated
                                                && !primary.equals(List.of(c.name())));
        return otherNumber ? "a 'generated' column must be the table's key" : "";
    }

    /// To SQLite a computed number is no text, and it does not say which a column computes: a row
    /// could not be found again by its key.
    private String untyped(PreparedStep step) throws SQLException {
        var reading = step.reading();
        if (!source.engine().startsWith("SQLite")) {
            return "";
        }
        for (String key : reading.key()) {
            boolean computed =
                    !reading.query().sql().isEmpty()
                            || reading.query().expressions().containsKey(key);
            var kind = reading.columns().get(reading.index(key)).kind();
            if (computed && kind == SourceColumn.Kind.OTHER) {
                return "its key '%s' is computed and has no type: let it be a table's column"
                        .formatted(key);
            }
        }
        return "";
    }

    private Coverage ofTable(PreparedStep step, String table, Map<String, Integer> others) {
        List<String> key = step.reading().key();
        Set<String> computed = step.reading().query().expressions().keySet();
        String name = tables.getOrDefault(table.toLowerCase(Locale.ROOT), table);
        if (key.stream().anyMatch(computed::contains)) {
            Set<String> whole = new HashSet<>(others.keySet());
            whole.add(name);
            return coverage(step, Coverage.How.READ_WHOLE, "", List.of(), whole, "");
        }
        if (!others.isEmpty()) {
            return coverage(step, Coverage.How.READ_WHOLE, name, key, others.keySet(), "");
        }
        return coverage(step, Coverage.How.ROW_BY_ROW, name, key, Set.of(), "");
    }

    private Coverage ofSql(PreparedStep step, String sql, String further) throws SQLException {
        Map<String, Integer> mentioned = mentioned(sql);
        Map<String, Integer> others = mentioned(further);
        if (mentioned.isEmpty()) {
            String problem = "its SQL names no table of the source: write views out";
            return coverage(step, Coverage.How.NOT_SYNCED, "", List.of(), Set.of(), problem);
        }
        Map<String, ColumnOrigin> traced = new HashMap<>();
        source.traced(sql).forEach((k, v) -> traced.put(k.toLowerCase(Locale.ROOT), v));
        Set<String> from = new HashSet<>();
        List<String> columns = new ArrayList<>();
        for (String key : step.reading().key()) {
            ColumnOrigin origin = traced.get(key.toLowerCase(Locale.ROOT));
            if (origin != null && known(origin)) {
                from.add(origin.table());
                columns.add(origin.column());
            }
        }
        Set<String> whole = new HashSet<>(mentioned.keySet());
        whole.addAll(others.keySet());
        boolean byKey = from.size() == 1 && columns.size() == step.reading().key().size();
        if (!byKey) {
            return coverage(step, Coverage.How.READ_WHOLE, "", List.of(), whole, "");
        }
        String named = from.iterator().next();
        String table = tables.getOrDefault(named.toLowerCase(Locale.ROOT), named);
        // a table that is named twice concerns rows of other keys, too
        boolean once = mentioned.getOrDefault(table, 1) == 1 && !others.containsKey(table);
        if (once) {
            whole.remove(table);
        }
        var how = whole.isEmpty() ? Coverage.How.READ_AGAIN_BY_KEY : Coverage.How.READ_WHOLE;
        return coverage(step, how, table, columns, whole, "");
    }

    private boolean known(ColumnOrigin origin) throws SQLException {
        String table = tables.get(origin.table().toLowerCase(Locale.ROOT));
        return table != null
                && source.describe(new SourceQuery(0, table, "", ""))
                        .column(origin.column())
                        .isPresent();
    }

    private static Coverage coverage(
            PreparedStep step,
            Coverage.How how,
            String table,
            List<String> columns,
            Set<String> whole,
            String problem) {
        return new Coverage(
                step.step().line(), step.step().name(), how, table, columns, whole, problem);
    }

    /// The tables that some SQL names, and how often.
    private Map<String, Integer> mentioned(String sql) {
        Map<String, Integer> found = new HashMap<>();
        var words = WORD.matcher(NO_SQL.matcher(sql).replaceAll(" "));
        while (words.find()) {
            String table = tables.get(words.group(1).toLowerCase(Locale.ROOT));
            if (table != null && words.group(2) == null) {
                found.merge(table, 1, Integer::sum);
            }
        }
        return found;
    }
}
