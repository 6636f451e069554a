package dev.slipway.backend.migration.source;

import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;

/// How a database server fares. One thread asks; a failure is forgotten with the next question.
public interface Vitals extends AutoCloseable {
    /// `Threads_running`: how many of its threads work at this moment, the asking one among them.
    ///
    /// @throws SQLException if it does not answer within two seconds
    long threadsRunning() throws SQLException;

    /// How far it is behind as a replica; empty if its replication stands still.
    ///
    /// @throws SQLException if it does not answer within two seconds, is no replica, or may not
    ///   tell
    Optional<Duration> replicaLag() throws SQLException;

    @Override
    void close();
}
