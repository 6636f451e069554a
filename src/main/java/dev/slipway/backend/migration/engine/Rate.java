package dev.slipway.backend.migration.engine;

import java.util.ArrayDeque;

/// How many rows a second went by over the last few seconds.
final class Rate {
    private static final long WINDOW_NANOS = 5_000_000_000L;
    private static final double NANOS = 1e9;

    private record Mark(long at, long rows) {}

    private final ArrayDeque<Mark> marks = new ArrayDeque<>();

    /// So many rows are done.
    void at(long nanos, long rows) {
        marks.addLast(new Mark(nanos, rows));
        while (marks.size() > 2 && nanos - marks.getFirst().at() > WINDOW_NANOS) {
            marks.removeFirst();
        }
    }

    double perSecond(long nanos) {
        if (marks.isEmpty() || nanos <= marks.getFirst().at()) {
            return 0;
        }
        long rows = marks.getLast().rows() - marks.getFirst().rows();
        return rows * NANOS / (nanos - marks.getFirst().at());
    }
}
