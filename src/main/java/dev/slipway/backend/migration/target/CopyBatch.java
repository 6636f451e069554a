package dev.slipway.backend.migration.target;

import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;

/// Rows in the binary form of COPY, one behind another. Where they are too many bytes the rest is
/// kept as values, and put into that form when it is sent.
final class CopyBatch implements Batch {
    private static final int MOST_BYTES = 8 << 20;
    private static final int PIECE = 64 * 1024;

    private final Connection connection;
    private final String sql;
    private final List<TargetColumn> columns;
    private final CopyWriter formed;
    private final NavigableMap<Integer, SQLException> unfit = new TreeMap<>();
    private final List<@Nullable Object[]> further = new ArrayList<>();
    private int[] ends = new int[1_024];
    private int count;

    CopyBatch(Connection connection, String sql, List<TargetColumn> columns) {
        this.connection = connection;
        this.sql = sql;
        this.columns = columns;
        this.formed = new CopyWriter(columns);
    }

    @Override
    public void add(@Nullable Object[] values, byte @Nullable [] @Nullable [] utf8) {
        int begin = formed.size();
        if (!further.isEmpty() || begin > MOST_BYTES) {
            further.add(values);
            return;
        }
        try {
            formed.row(values, utf8);
        } catch (SQLException e) {
            formed.backTo(begin);
            unfit.put(count, e);
        }
        if (count == ends.length) {
            ends = Arrays.copyOf(ends, count * 2);
        }
        ends[count++] = formed.size();
    }

    @Override
    public void insert(int from, int to) throws SQLException {
        for (SQLException e : unfit.subMap(from, to).values()) {
            throw new SQLException(e.getMessage(), e.getSQLState(), e);
        }
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        try {
            copy.writeToCopy(CopyWriter.HEAD, 0, CopyWriter.HEAD.length);
            if (from < count) {
                int begin = from == 0 ? 0 : ends[from - 1];
                formed.send(begin, ends[Math.min(to, count) - 1], PIECE, copy);
            }
            sendFurther(Math.max(from - count, 0), to - count, copy);
            copy.writeToCopy(CopyWriter.END, 0, CopyWriter.END.length);
            copy.endCopy();
        } finally {
            if (copy.isActive()) {
                copy.cancelCopy();
            }
        }
    }

    private void sendFurther(int from, int to, CopyIn copy) throws SQLException {
        if (from >= to) {
            return;
        }
        var writer = new CopyWriter(columns);
        for (@Nullable Object[] row : further.subList(from, to)) {
            writer.row(row, null);
            if (writer.size() > PIECE) {
                writer.send(0, writer.size(), PIECE, copy);
                writer.backTo(0);
            }
        }
        writer.send(0, writer.size(), PIECE, copy);
    }

    @Override
    public void clear() {
        formed.backTo(0);
        unfit.clear();
        further.clear();
        count = 0;
    }
}
