package dev.slipway.backend.migration.ledger;

import dev.slipway.api.migration.Quarantined;

import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.Writer;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// Rows in quarantine as CSV (RFC 4180, with a header), written as they are read. NULL is an empty
/// field, an empty text a quoted one. A field that a spreadsheet would take for a formula gets an
/// apostrophe before it; a plain number does not.
public final class QuarantineCsv {
    private static final int AT_ONCE = 500;
    private static final Pattern NUMBER = Pattern.compile("[-+]?[0-9]+([.,][0-9]+)?");
    private static final CSVFormat FORMAT =
            CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.ALL_NON_NULL).get();
    private static final List<String> HEADER =
            List.of(
                    "run",
                    "step",
                    "key",
                    "chunk",
                    "column",
                    "rule",
                    "reason",
                    "value",
                    "state",
                    "acted_by",
                    "acted_at",
                    "note",
                    "raw_row",
                    "corrected");
    private final Quarantine quarantine;

    public QuarantineCsv(Quarantine quarantine) {
        this.quarantine = quarantine;
    }

    /// @return how many rows were written
    public long write(String runId, QuarantineFilter which, Writer to)
            throws SQLException, IOException {
        var csv = new CSVPrinter(to, FORMAT);
        csv.printRecord(HEADER);
        long rows = 0;
        Quarantined last = null;
        while (true) {
            List<Quarantined> some =
                    quarantine.page(
                            runId,
                            which,
                            last == null ? "" : last.step(),
                            last == null ? "" : last.key(),
                            AT_ONCE);
            for (Quarantined row : some) {
                print(csv, row);
                rows++;
                last = row;
            }
            csv.flush();
            if (some.size() < AT_ONCE) {
                return rows;
            }
        }
    }

    private static void print(CSVPrinter csv, Quarantined row) throws IOException {
        csv.printRecord(
                row.runId(),
                safe(row.step()),
                safe(row.key()),
                row.chunk(),
                safe(row.column()),
                safe(row.rule()),
                safe(row.reason()),
                safe(row.value()),
                row.state().name().toLowerCase(Locale.ROOT),
                safe(row.actedBy()),
                row.actedAt(),
                safe(row.note()),
                Keys.row(row.row()),
                row.corrected().isEmpty() ? null : Keys.row(row.corrected()));
    }

    private static @Nullable String safe(@Nullable String field) {
        if (field == null || field.isEmpty()) {
            return field;
        }
        boolean formula = "=+-@\t\r".indexOf(field.charAt(0)) >= 0;
        return formula && !NUMBER.matcher(field).matches() ? "'" + field : field;
    }
}
