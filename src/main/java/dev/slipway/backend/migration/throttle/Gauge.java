package dev.slipway.backend.migration.throttle;

import java.io.IOException;
import java.sql.SQLException;

/// Measures one thing that the shop suffers from.
@FunctionalInterface
public interface Gauge extends AutoCloseable {
    /// @return what it is now, in the unit of its ceiling
    /// @throws Unknown if that can't be told, with the reason
    double read() throws Unknown, SQLException, IOException;

    @Override
    default void close() {}

    /// Nothing can be said about it now.
    final class Unknown extends Exception {
        private static final long serialVersionUID = 1L;

        public Unknown(String why) {
            super(why);
        }
    }
}
