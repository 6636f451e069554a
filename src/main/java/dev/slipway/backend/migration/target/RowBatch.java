package dev.slipway.backend.migration.target;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// Rows that are bound to a statement as they are.
final class RowBatch implements Batch {
    private final Target target;
    private final TargetTable table;
    private final List<TargetColumn> columns;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    RowBatch(Target target, TargetTable table, List<TargetColumn> columns) {
        this.target = target;
        this.table = table;
        this.columns = columns;
    }

    @Override
    public void add(@Nullable Object[] values, byte @Nullable [] @Nullable [] utf8) {
        rows.add(values);
    }

    @Override
    public void insert(int from, int to) throws SQLException {
        target.insert(table, columns, rows.subList(from, to));
    }

    @Override
    public void clear() {
        rows.clear();
    }
}
