package dev.slipway.backend.migration.target;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.sql.SQLException;
import java.util.List;

/// Reads rows in the binary form of COPY. The server sends each row as one piece; the head comes
/// before the first of them, in its piece or alone.
final class CopyReader {
    private static final VarHandle SHORT =
            MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT =
            MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int HEAD = 19;

    private final List<TargetColumn> columns;
    private boolean begun;

    CopyReader(List<TargetColumn> columns) {
        this.columns = columns;
    }

    void read(byte[] piece, CellVisitor visitor) throws SQLException {
        int at = begun ? 0 : HEAD;
        begun = true;
        while (at < piece.length) {
            int width = (short) SHORT.get(piece, at);
            at += 2;
            if (width < 0) {
                return;
            }
            for (int i = 0; i < width; i++) {
                int length = (int) INT.get(piece, at);
                at += 4;
                if (length < 0) {
                    visitor.none();
                } else {
                    cell(columns.get(i), piece, at, length, visitor);
                    at += length;
                }
            }
            visitor.end();
        }
    }

    private static void cell(
            TargetColumn column, byte[] piece, int at, int length, CellVisitor visitor)
            throws SQLException {
        switch (column.kind()) {
            case INTEGER -> visitor.whole(whole(piece, at, length));
            case NUMERIC -> Numeric.show(piece, at, visitor);
            case TEXT -> visitor.text(piece, at, length);
            // the version of the format stands before the text
            case JSON -> visitor.text(piece, at + 1, length - 1);
            case BOOLEAN -> visitor.truth(piece[at] != 0);
            case DATE -> visitor.day((int) INT.get(piece, at) + CopyWriter.EPOCH_DAY);
            case MOMENT ->
                    visitor.moment(
                            (long) LONG.get(piece, at) + CopyWriter.EPOCH_SECOND * 1_000_000);
            case OTHER -> throw new SQLException("no way to read " + column.declared());
        }
    }

    private static long whole(byte[] piece, int at, int length) {
        return switch (length) {
            case 2 -> (short) SHORT.get(piece, at);
            case 4 -> (int) INT.get(piece, at);
            default -> (long) LONG.get(piece, at);
        };
    }
}
