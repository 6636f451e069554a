package dev.slipway.backend.migration.ledger;

import dev.slipway.config.Nearest;

import java.util.Collection;

/// A correction of a column that the kept rows do not have.
public final class NoSuchColumn extends Exception {
    private static final long serialVersionUID = 1L;

    NoSuchColumn(String step, String column, Collection<String> known) {
        super(
                "the source of step '%s' has no column '%s'%s; nothing was changed"
                        .formatted(step, column, Nearest.hint(column, known)));
    }
}
