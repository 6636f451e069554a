package dev.slipway.backend.store;

import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

import javax.sql.DataSource;

/// Jdbi as every engine sets it up.
final class Jdbis {
    /// Stands as `<skip_locked>` in a statement.
    static final String SKIP_LOCKED = "skip_locked";

    private Jdbis() {}

    static Jdbi over(DataSource pool) {
        return over((ConnectionFactory) pool::getConnection);
    }

    /// A failed statement's message must not carry its arguments into a log.
    static Jdbi over(ConnectionFactory connections) {
        Jdbi jdbi = Jdbi.create(connections);
        jdbi.configure(
                StatementExceptions.class,
                c -> c.setMessageRendering(MessageRendering.SHORT_STATEMENT));
        return jdbi;
    }
}
