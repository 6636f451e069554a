package dev.slipway.backend.migration.validation;

import dev.slipway.api.migration.QuarantineState;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.backend.migration.ledger.Quarantine;
import dev.slipway.backend.migration.ledger.QuarantineFilter;
import dev.slipway.backend.migration.plan.Column;
import dev.slipway.backend.migration.plan.ColumnType;

import org.jspecify.annotations.Nullable;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What the source's totals hold that the target's do not: rows that wait in quarantine, and values
/// that people corrected.
final class Apart {
    private static final int PAGE = 1_000;
    private final Totalled what;
    private final Map<String, Map<String, BigDecimal>> sums = new HashMap<>();
    private final Map<String, Days> days = new HashMap<>();
    private final Set<String> corrected = new HashSet<>();
    private final Set<String> waiting = new HashSet<>();
    private long rows;

    Apart(Totalled what) {
        this.what = what;
    }

    void read(Quarantine quarantine, String runId, String step) throws SQLException {
        var all = QuarantineFilter.ALL.of(step);
        for (String after = ""; ; ) {
            List<Quarantined> page =
                    quarantine.page(runId, all, after.isEmpty() ? "" : step, after, PAGE);
            page.forEach(this::add);
            if (page.size() < PAGE) {
                return;
            }
            after = page.getLast().key();
        }
    }

    private void add(Quarantined row) {
        if (row.state() == QuarantineState.RESOLVED) {
            corrected.addAll(row.corrected().keySet());
            for (Column column : what.sums()) {
                String from = column.from().getFirst();
                if (row.corrected().containsKey(from)) {
                    add(column, row.row(), number(row.row().get(from)));
                    add(column, row.row(), number(row.corrected().get(from)).negate());
                }
            }
            return;
        }
        Column key = what.key();
        if (key != null) {
            waiting.add(String.valueOf(row.row().get(key.from().getFirst())));
        }
        add(row.row());
    }

    /// A row of the source that is not in the target.
    void add(Map<String, @Nullable String> row) {
        rows++;
        for (Column column : what.sums()) {
            add(column, row, number(row.get(column.from().getFirst())));
        }
        for (Column column : what.days()) {
            days(column).add(Days.read(column, row.get(column.from().getFirst())));
        }
    }

    /// Whether the row of a key waits in quarantine.
    boolean waits(String key) {
        return waiting.contains(key);
    }

    private void add(Column column, Map<String, @Nullable String> row, BigDecimal number) {
        Column currency = what.currency();
        String by =
                currency == null || currency.from().isEmpty()
                        ? null
                        : row.get(currency.from().getFirst());
        sums.computeIfAbsent(column.name(), _ -> new TreeMap<>())
                .merge(label(what, column, by), number, BigDecimal::add);
    }

    private static BigDecimal number(@Nullable String value) {
        return value != null && value.matches("-?\\d+(\\.\\d+)?")
                ? new BigDecimal(value)
                : BigDecimal.ZERO;
    }

    /// Which of a column's sums a row belongs to: only money has several.
    ///
    /// @param by the source's word for the currency
    static String label(Totalled what, Column column, @Nullable String by) {
        Column currency = what.currency();
        boolean money = column.type() instanceof ColumnType.Decimal d && d.word().equals("money");
        if (currency == null || !money) {
            return "";
        }
        return Witness.of(currency, Collections.singletonList(by))
                        instanceof Witness.Word.Holds(Object code)
                ? String.valueOf(code)
                : "?";
    }

    Map<String, BigDecimal> sums(Column column) {
        return sums.getOrDefault(column.name(), Map.of());
    }

    Days days(Column column) {
        return days.computeIfAbsent(column.name(), _ -> new Days());
    }

    /// How many rows are not there.
    long rows() {
        return rows;
    }

    /// Whether someone gave a value of a source column by hand.
    boolean corrected(@Nullable Column column) {
        return column != null && column.from().stream().anyMatch(corrected::contains);
    }
}
