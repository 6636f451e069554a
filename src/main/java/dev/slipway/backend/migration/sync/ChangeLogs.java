package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.source.Position;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.config.Database;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/// Opens what a source tells of its own changes.
final class ChangeLogs {
    private ChangeLogs() {}

    /// @param from everything after it is told
    /// @param answer how long the source may take to answer a question; its log is asked for a sign
    ///   of life more often
    /// @throws Stopped if the source does not tell it, with what to do now
    static ChangeLog open(
            Database database,
            Source source,
            Position from,
            List<Coverage> coverage,
            Duration answer)
            throws SQLException, Stopped {
        var tracked = Triggers.tracked(coverage);
        if (!database.url().startsWith("jdbc:sqlite:")) {
            BinlogSettings.check(source);
            return BinlogLog.open(
                    database, from, new TrackedTables(source, tracked), answer.dividedBy(60));
        }
        List<String> missing = Triggers.missing(source, tracked);
        if (!missing.isEmpty()) {
            throw new Stopped(
                    "no trigger notes the changes of "
                            + String.join(", ", missing)
                            + "; nothing was changed. 'migrate sync --install-triggers' installs"
                            + " them; then run the sync with --anew, or migrate anew");
        }
        return new TriggerLog(source, from);
    }
}
