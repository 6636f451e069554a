package dev.slipway.backend.migration.sync;

import java.time.Instant;

/// How a sync stands.
///
/// @param detail in a sentence: which step is read, or what is wrong; may be empty
/// @param behindSeconds how old the state is that the target shows; -1 if it is not known
/// @param waiting changes that are known and not yet applied
/// @param changes rows that the log named so far
/// @param verifiedAt when rows were last compared and were equal; the epoch if they never were
public record SyncStatus(
        String runId,
        Phase phase,
        String detail,
        long behindSeconds,
        long waiting,
        long changes,
        Instant verifiedAt) {

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
