package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.engine.Stopped;
import dev.slipway.backend.migration.source.Position;

import java.sql.SQLException;

/// What a source tells of its own changes.
interface ChangeLog extends AutoCloseable {
    /// The next changes, without waiting; empty changes if there are none by now.
    ///
    /// @param seen where the source stands: what the log tells beyond it could not be read yet, and
    ///   stays
    /// @throws Stopped if the log can't be read on, with what to do now
    /// @throws SQLException if the source does not answer
    Changes next(int most, Position seen) throws SQLException, Stopped;

    /// Whether everything up to one position comes before another, or ends there.
    boolean reached(Position read, Position wanted);

    @Override
    void close();
}
