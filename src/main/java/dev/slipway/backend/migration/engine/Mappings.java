package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.ledger.MatchKeys;
import dev.slipway.backend.migration.target.Target;

import java.util.Map;

/// The plan's way from raw rows to target rows, for those who come after the copy.
public final class Mappings {
    private final Lookups lookups;

    public Mappings(Target target, MatchKeys keys, Map<String, PreparedStep> steps) {
        this.lookups = new Lookups(target, keys, steps);
    }

    /// The way of one step's rows.
    public Mapping of(PreparedStep step) {
        return new Mapping(step, lookups);
    }

    /// Forgets which rows were found: they may have changed, or their transaction was undone.
    public void forget() {
        lookups.forget();
    }
}
