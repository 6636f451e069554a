package dev.slipway.backend.migration.command;

import dev.slipway.api.migration.RunState;
import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.Validation;
import dev.slipway.backend.migration.ledger.Quarantine;
import dev.slipway.backend.migration.ledger.Remarks;
import dev.slipway.backend.migration.source.Position;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// What a migration came to, for a file.
///
/// @param run empty if it came to none
/// @param exitCode of the command, by [Ending]
/// @param dryRun whether everything was undone
/// @param seconds that this process worked
/// @param rowsPerSecond rows read by this process in that time, validation included
/// @param reason why it is not VALIDATED; empty if it is
/// @param quarantine rows by step, column, rule and reason
/// @param remarks how often values stood in the source in some unusual way, by step and column
/// @param repairs what the plan says that it mends
/// @param reading how far what was read can be trusted to be of one moment
/// @param sourcePosition where the source's log of changes stood before the first look, which is
///   where a sync begins; null for a run that began before this was noted
/// @param window when the source may be read; empty: always
/// @param throttle what must not be pushed up
public record Report(
        String run,
        String plan,
        String source,
        String target,
        RunState state,
        boolean validated,
        String reason,
        int exitCode,
        boolean dryRun,
        Instant startedAt,
        double seconds,
        double rowsPerSecond,
        List<StepLine> steps,
        List<Validation> validations,
        List<Quarantine.Reason> quarantine,
        List<Remarks.StepRemark> remarks,
        List<String> repairs,
        String reading,
        @Nullable Position sourcePosition,
        String window,
        String throttle) {

    static final String READING =
            "short reads by key, no snapshot over all of them: rows up to the largest key of each"
                    + " step when the run began; later rows and changes are brought by 'migrate sync',"
                    + " which begins at sourcePosition";

    /// A step of the report.
    ///
    /// @param longestReadMillis how long the longest read of a chunk took: so long at most was a
    ///   table of an engine that locks whole tables (MyISAM) held
    /// @param longestCheckMillis the same of the reads that validated it
    public record StepLine(
            String name,
            long read,
            long written,
            long merged,
            long quarantined,
            long skipped,
            String checksum,
            double seconds,
            long longestReadMillis,
            long longestCheckMillis,
            String state) {
        static StepLine of(StepProgress step) {
            return new StepLine(
                    step.name(),
                    step.read(),
                    step.written(),
                    step.merged(),
                    step.quarantined(),
                    step.skipped(),
                    step.checksum(),
                    step.seconds(),
                    step.longestReadMillis(),
                    step.longestCheckMillis(),
                    step.state().name());
        }
    }
}
