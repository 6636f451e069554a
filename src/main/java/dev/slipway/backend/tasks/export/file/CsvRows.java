package dev.slipway.backend.tasks.export.file;

import dev.slipway.backend.tasks.export.file.Column.DoesNotFit;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/// RFC 4180 with a header: lines end with CR LF, every value is quoted, NULL is an empty field
/// without quotes and an empty text one with them.
///
/// A text that a spreadsheet would take for a formula (it begins with `=`, `+`, `-`, `@`, their
/// full-width forms, a tab, a carriage return or a line feed) gets an apostrophe before it; a plain
/// number does not. Columns of other types hold no texts and are never touched.
final class CsvRows implements RowFile {
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.ALL_NON_NULL).get();
    private static final String FORMULA = "=+-@\t\r\n\uFF1D\uFF0B\uFF0D\uFF20";
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]+([.,][0-9]+)?");

    private final List<Column> columns;
    private final CSVPrinter csv;

    CsvRows(List<Column> columns, DraftFile to) throws IOException {
        this(columns, to, true);
    }

    static CsvRows goOn(List<Column> columns, DraftFile to) throws IOException {
        return new CsvRows(columns, to, false);
    }

    private CsvRows(List<Column> columns, DraftFile to, boolean header) throws IOException {
        this.columns = columns;
        this.csv =
                new CSVPrinter(
                        new BufferedWriter(
                                new OutputStreamWriter(to.stream(), StandardCharsets.UTF_8)),
                        FORMAT);
        if (header) {
            csv.printRecord(columns.stream().map(Column::name));
        }
    }

    @Override
    public void write(@Nullable Object[] values) throws IOException, DoesNotFit {
        for (int i = 0; i < values.length; i++) {
            csv.print(field(columns.get(i).fitted(values[i])));
        }
        csv.println();
    }

    private static @Nullable Object field(@Nullable Object value) {
        return switch (value) {
            case String text -> safe(text);
            case BigDecimal decimal -> decimal.toPlainString();
            case null, default -> value;
        };
    }

    private static String safe(String text) {
        boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
        return formula && !NUMBER.matcher(text).matches() ? "'" + text : text;
    }

    @Override
    public boolean settle() throws IOException {
        csv.flush();
        return true;
    }

    @Override
    public void close() throws IOException {
        csv.flush();
    }
}
