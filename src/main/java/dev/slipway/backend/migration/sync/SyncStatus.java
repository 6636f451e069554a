package dev.slipway.backend.migration.sync;

import java.time.Instant;

/// How a sync stands.
///
/// @param detail in a sentence: which step is read, or what is wrong; may be empty
/// @param position in the source's log, everything before which is applied; empty if not known
/// @param behindSeconds how old the state is that the target shows; -1 if it is not known
/// @param waiting changes that are known and not yet applied
/// @param changes rows that the log named so far
/// @param inserted rows of the target
/// @param updated rows of the target
/// @param deleted rows of the target
/// @param verifiedAt when rows were last compared and were equal; the epoch if they never were
/// @param wholeAt when with that every row had been compared; the epoch if they never were
/// @param waits why whole steps or what is compared are not read just now; empty if nothing waits
public record SyncStatus(
        String runId,
        Phase phase,
        String detail,
        String position,
        long behindSeconds,
        long waiting,
        long changes,
        long inserted,
        long updated,
        long deleted,
        Instant verifiedAt,
        Instant wholeAt,
        String waits) {

    /// Nothing is known yet.
    static final SyncStatus NONE =
            new SyncStatus(
                    "",
                    Phase.CATCHING_UP,
                    "",
                    "",
                    -1,
                    0,
                    0,
                    0,
                    0,
                    0,
                    Instant.EPOCH,
                    Instant.EPOCH,
                    "");

    /// The same while a database does not answer.
    ///
    /// @param more seconds that went by since
    SyncStatus cutOff(String why, long more) {
        return new SyncStatus(
                runId,
                Phase.CUT_OFF,
                why,
                position,
                behindSeconds < 0 ? -1 : behindSeconds + more,
                waiting,
                changes,
                inserted,
                updated,
                deleted,
                verifiedAt,
                wholeAt,
                "");
    }

    /// What it does.
    public enum Phase {
        /// Reads every step whole once.
        LOOKING,
        /// Applies changes that came before now.
        CATCHING_UP,
        /// Shows what the source is.
        CURRENT,
        /// A database does not answer.
        CUT_OFF,
        /// Rows in the target are not what the source's rows become.
        DIFFERS,
        /// It was told to end.
        ENDED
    }
}
