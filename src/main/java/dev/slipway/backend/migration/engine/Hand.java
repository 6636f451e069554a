package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.ledger.Chunks;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.MatchKeys;
import dev.slipway.backend.migration.ledger.Worker;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.target.Target;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Map;

/// One of a run's hands: a connection of its own to either database, and what goes through them.
final class Hand implements AutoCloseable {
    final Source source;
    final Target target;
    final Ledger ledger;
    final Chunks chunks;
    final MatchKeys matchKeys;
    final Lookups lookups;
    private final Map<String, PreparedStep> steps;
    private final InstantSource clock;
    private final Worker worker;
    private final String space;

    /// @param space of the run's keys, by [Ledger#keySpace]
    Hand(
            Source source,
            Target target,
            Map<String, PreparedStep> steps,
            InstantSource clock,
            Worker worker,
            String space) {
        this(source, target, steps, clock, worker, space, null);
    }

    private Hand(
            Source source,
            Target target,
            Map<String, PreparedStep> steps,
            InstantSource clock,
            Worker worker,
            String space,
            @Nullable Hand first) {
        this.source = source;
        this.target = target;
        this.steps = steps;
        this.clock = clock;
        this.worker = worker;
        this.space = space;
        this.ledger = new Ledger(target, clock);
        this.chunks = new Chunks(ledger, worker);
        this.matchKeys = new MatchKeys(ledger, space);
        this.lookups =
                first == null
                        ? new Lookups(target, matchKeys, steps)
                        : first.lookups.beside(target, matchKeys);
    }

    /// Another one beside it.
    ///
    /// @param number tells it from the others
    Hand another(int number) throws SQLException {
        Source from = source.another();
        try {
            return new Hand(
                    from, target.another(), steps, clock, worker.another(number), space, this);
        } catch (SQLException e) {
            from.close();
            throw e;
        }
    }

    @Override
    public void close() throws SQLException {
        try (source) {
            target.close();
        }
    }
}
