package dev.slipway.backend.migration.validation;

import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.ledger.Counts;
import dev.slipway.backend.migration.target.KeySpan;
import dev.slipway.backend.migration.target.Target;

import java.sql.SQLException;
import java.util.List;

/// What stands in the target is what was written: the same number of rows, the same checksum.
final class ReadBack {
    private final String runId;
    private final Target target;

    ReadBack(String runId, Target target) {
        this.runId = runId;
        this.target = target;
    }

    List<Validation> check(StepView step, Counts counts) throws SQLException {
        var sums = new RowSums();
        target.show(step.table(), step.columns(), KeySpan.ALL, sums);
        return List.of(
                validation(
                        step,
                        "rows written",
                        Long.toString(counts.written()),
                        Long.toString(sums.rows())),
                validation(
                        step,
                        "checksum",
                        Counts.checksum(counts.checksum()),
                        Counts.checksum(sums.checksum())));
    }

    private Validation validation(StepView step, String name, String wanted, String found) {
        boolean passed = wanted.equals(found);
        return new Validation(
                runId,
                step.name(),
                name,
                passed,
                wanted,
                found,
                passed ? null : step.table().name());
    }
}
