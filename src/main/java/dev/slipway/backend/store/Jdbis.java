package dev.slipway.backend.store;

import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.core.statement.StatementExceptions.MessageRendering;

import javax.sql.DataSource;

/// Jdbi as every engine sets it up.
final class Jdbis {
    /// Stands as `<skip_locked>` in a statement.
    static final String SKIP_LOCKED = "skip_locked";

    private Jdbis() {}

    /// A failed statement's message must not carry its arguments into a log.
    static Jdbi over(DataSource pool) {
        Jdbi jdbi = Jdbi.create(pool);
        jdbi.configure(
                StatementExceptions.class,
                c -> c.setMessageRendering(MessageRendering.SHORT_STATEMENT));
        return jdbi;
    }
}
