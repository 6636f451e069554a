package dev.slipway.backend.migration.validation;

import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.ledger.Counts;
import dev.slipway.backend.migration.ledger.LedgerStep;

import java.sql.SQLException;
import java.util.List;

/// No row is lost or doubled on the way: the source counts its rows itself, up to the key that was
/// its last when the run began.
final class Conservation {
    private final String runId;
    private final ShortReads source;

    Conservation(String runId, ShortReads source) {
        this.runId = runId;
        this.source = source;
    }

    List<Validation> check(StepView step, LedgerStep known, Counts counts) throws SQLException {
        long rows = known.rows() == 0 ? 0 : source.count(step, known);
        String accounted =
                "%d = %d written + %d merged + %d quarantined + %d skipped"
                        .formatted(
                                counts.read(),
                                counts.written(),
                                counts.merged(),
                                counts.quarantined(),
                                counts.skipped());
        boolean passed = rows == counts.read() && counts.conserved();
        return List.of(
                new Validation(
                        runId,
                        step.name(),
                        "rows read",
                        passed,
                        Long.toString(rows),
                        accounted,
                        passed ? null : difference(step, rows, counts, known)));
    }

    private static String difference(StepView step, long rows, Counts counts, LedgerStep known) {
        return "%s: the source holds %d rows, %d were read, %d when the run began"
                .formatted(step.step().target(), rows, counts.read(), known.rows());
    }
}
