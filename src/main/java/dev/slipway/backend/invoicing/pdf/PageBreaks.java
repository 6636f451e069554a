package dev.slipway.backend.invoicing.pdf;

import java.util.ArrayList;
import java.util.List;

/// Decides which rows stand on which page.
///
/// @param firstPage room for rows on the first page, in points
/// @param nextPage room on every other page, less the row of the sum brought forward
/// @param carried height of the row of the sum carried over
/// @param closing height of what follows the last row; never parted
record PageBreaks(float firstPage, float nextPage, float carried, float closing) {

    /// Rows `from` (inclusive) to `to` (exclusive).
    record Rows(int from, int to) {}

    /// At least one page; the closing fits on the last, which has a row unless there is none.
    List<Rows> pages(float[] heights) {
        List<Rows> pages = new ArrayList<>();
        int from = 0;
        while (true) {
            float room = pages.isEmpty() ? firstPage : nextPage;
            if (sum(heights, from, heights.length) + closing <= room) {
                pages.add(new Rows(from, heights.length));
                return pages;
            }
            int to = from;
            float used = carried;
            while (to < heights.length && used + heights[to] <= room) {
                used += heights[to++];
            }
            if (to == heights.length && to - from > 1) {
                to--;
            }
            if (to == from && from < heights.length) {
                throw new IllegalArgumentException("row " + from + " is higher than a page");
            }
            pages.add(new Rows(from, to));
            if (to == from) {
                throw new IllegalArgumentException("the closing is higher than a page");
            }
            from = to;
        }
    }

    private static float sum(float[] heights, int from, int to) {
        float sum = 0;
        for (int i = from; i < to; i++) {
            sum += heights[i];
        }
        return sum;
    }
}
