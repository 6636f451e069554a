package dev.slipway.backend.migration.validation;

import dev.slipway.backend.migration.plan.Column;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.TargetColumn;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// What the target adds up itself over a step's table.
final class TargetTotals {
    private final Target target;
    private final StepView step;
    private final Totalled what;
    private final Map<String, Map<String, BigDecimal>> sums = new HashMap<>();
    private final Map<String, Days> days = new HashMap<>();

    TargetTotals(Target target, StepView step, Totalled what) {
        this.target = target;
        this.step = step;
        this.what = what;
    }

    void add() throws SQLException {
        Column currency = what.currency();
        String by = currency == null ? "''" : "CAST(" + target.quote(currency.name()) + " AS text)";
        List<String> figures = new ArrayList<>(List.of(by));
        what.sums().forEach(c -> figures.add("sum(" + target.quote(c.name()) + ")"));
        for (Column column : what.days()) {
            figures.add("min(" + target.quote(column.name()) + ")");
            figures.add("max(" + target.quote(column.name()) + ")");
        }
        String sql =
                "SELECT %s FROM %s GROUP BY 1"
                        .formatted(String.join(", ", figures), target.quote(step.table().name()));
        try (var statement = target.connection().prepareStatement(sql);
                var row = statement.executeQuery()) {
            while (row.next()) {
                read(row);
            }
        }
    }

    private void read(ResultSet row) throws SQLException {
        String by = Objects.requireNonNullElse(row.getString(1), "null");
        int at = 2;
        for (Column column : what.sums()) {
            String text = row.getString(at++);
            BigDecimal sum = text == null ? BigDecimal.ZERO : new BigDecimal(text);
            if ("minor".equals(column.store()) && column.type() instanceof ColumnType.Decimal d) {
                sum = sum.movePointLeft(d.scale());
            }
            boolean money =
                    column.type() instanceof ColumnType.Decimal d && d.word().equals("money");
            sums.computeIfAbsent(column.name(), _ -> new TreeMap<>())
                    .merge(money && what.currency() != null ? by : "", sum, BigDecimal::add);
        }
        for (Column column : what.days()) {
            TargetColumn in = step.table().column(column.name()).orElseThrow();
            days(column).add(target.value(row, at++, in.kind()));
            days(column).add(target.value(row, at++, in.kind()));
        }
    }

    /// How many keys stand there, each counted once.
    long keys(Column key) throws SQLException {
        String sql =
                "SELECT count(*) FROM (SELECT DISTINCT %s FROM %s) AS k"
                        .formatted(target.quote(key.name()), target.quote(step.table().name()));
        try (var statement = target.connection().prepareStatement(sql);
                var row = statement.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    Map<String, BigDecimal> sums(Column column) {
        return sums.getOrDefault(column.name(), Map.of());
    }

    Days days(Column column) {
        return days.computeIfAbsent(column.name(), _ -> new Days());
    }
}
