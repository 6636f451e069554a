package dev.slipway.backend.invoicing.pdf;

import dev.slipway.backend.invoicing.document.InvoiceDocument;
import dev.slipway.backend.invoicing.document.InvoiceLine;
import dev.slipway.backend.invoicing.document.Words;
import dev.slipway.backend.invoicing.pdf.PageBreaks.Rows;

import java.math.BigDecimal;
import java.util.List;

/// The table of lines, with the sums carried from page to page.
final class LineTable {
    static final float HEAD = 24;
    static final float CARRIED = 19;
    private static final float LEADING = 11.5f;
    private static final float PADDING = 7;
    private static final int MOST_LINES = 4;

    private static final float ORDER = Sheet.LEFT + 26;
    private static final float DESCRIPTION = Sheet.LEFT + 104;
    private static final float QUANTITY = Sheet.RIGHT - 184;
    private static final float SALES = Sheet.RIGHT - 114;
    private static final float RATE = Sheet.RIGHT - 74;
    private static final float DESCRIPTION_WIDTH = QUANTITY - 36 - DESCRIPTION;
    private static final float ORDER_WIDTH = DESCRIPTION - 8 - ORDER;

    private final InvoiceDocument document;
    private final Words words;
    private final Styles styles;
    private final List<Cells> cells;

    /// The cells of a row that take more than one line.
    private record Cells(List<String> order, List<String> description) {
        float height() {
            return Math.max(order.size(), description.size()) * LEADING + PADDING;
        }
    }

    LineTable(InvoiceDocument document, Words words, Styles styles) {
        this.document = document;
        this.words = words;
        this.styles = styles;
        this.cells = document.lines().stream().map(this::cells).toList();
    }

    float[] heights() {
        float[] heights = new float[cells.size()];
        for (int i = 0; i < heights.length; i++) {
            heights[i] = cells.get(i).height();
        }
        return heights;
    }

    /// Draws a page's rows.
    ///
    /// @return where the table ends
    float draw(Sheet sheet, Rows rows, float top) {
        float y = head(sheet, top);
        if (rows.from() > 0) {
            y = carried(sheet, words.text("forward"), rows.from(), y);
        }
        for (int i = rows.from(); i < rows.to(); i++) {
            y = row(sheet, i, y);
        }
        if (rows.to() < cells.size()) {
            y = carried(sheet, words.text("carried"), rows.to(), y);
        }
        return y;
    }

    private Cells cells(InvoiceLine line) {
        var style = styles.body();
        return new Cells(
                style.face().wrap(line.orderNo(), style.size(), ORDER_WIDTH, MOST_LINES),
                style.face().wrap(line.description(), style.size(), DESCRIPTION_WIDTH, MOST_LINES));
    }

    private float head(Sheet sheet, float top) {
        float y = top + 15;
        sheet.box(Sheet.TINT, Sheet.LEFT, Sheet.RIGHT, top, top + HEAD - 2);
        var style = styles.smallStrong();
        sheet.left(style, words.text("column.position"), Sheet.LEFT + 4, y);
        sheet.left(style, words.text("column.order"), ORDER, y);
        sheet.left(style, words.text("column.description"), DESCRIPTION, y);
        sheet.right(style, words.text("column.quantity"), QUANTITY, y);
        sheet.right(style, words.text("column.sales", words.currencyCode()), SALES, y);
        sheet.right(style, words.text("column.rate"), RATE, y);
        sheet.right(style, words.text("column.net", words.currencyCode()), Sheet.RIGHT - 4, y);
        return top + HEAD;
    }

    private float row(Sheet sheet, int index, float top) {
        InvoiceLine line = document.lines().get(index);
        Cells cell = cells.get(index);
        float y = top + 11.5f;
        sheet.left(styles.small(), String.valueOf(index + 1), Sheet.LEFT + 4, y);
        sheet.lines(styles.body(), cell.order(), ORDER, y, LEADING);
        sheet.lines(styles.body(), cell.description(), DESCRIPTION, y, LEADING);
        sheet.right(styles.body(), words.number(line.quantity()), QUANTITY, y);
        sheet.right(styles.body(), words.amount(line.sales()), SALES, y);
        sheet.right(styles.body(), words.percent(line.rate().movePointRight(2)), RATE, y);
        sheet.right(styles.body(), words.amount(line.net()), Sheet.RIGHT - 4, y);
        float bottom = top + cell.height();
        sheet.rule(Sheet.HAIR, 0.4f, Sheet.LEFT, Sheet.RIGHT, bottom);
        return bottom;
    }

    private float carried(Sheet sheet, String label, int before, float top) {
        float y = top + 12.5f;
        sheet.left(styles.strong(), label, DESCRIPTION, y);
        sheet.right(styles.strong(), words.amount(sum(before, true)), SALES, y);
        sheet.right(styles.strong(), words.amount(sum(before, false)), Sheet.RIGHT - 4, y);
        sheet.rule(Sheet.HAIR, 0.8f, Sheet.LEFT, Sheet.RIGHT, top + CARRIED);
        return top + CARRIED;
    }

    private BigDecimal sum(int before, boolean sales) {
        return document.lines().subList(0, before).stream()
                .map(line -> sales ? line.sales() : line.net())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
