package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.ledger.MatchKeys;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.target.Kind;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.TargetColumn;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// A hand's ways to find other steps' rows by natural key.
final class Lookups {
    private final Target target;
    private final MatchKeys keys;
    private final Map<String, PreparedStep> steps;
    private final Map<ColumnType.Reference, Lookup> lookups = new HashMap<>();
    private long age;

    Lookups(Target target, MatchKeys keys, Map<String, PreparedStep> steps) {
        this.target = target;
        this.keys = keys;
        this.steps = steps;
    }

    /// The way to the rows that a column refers to.
    Lookup of(ColumnType.Reference reference) {
        return lookups.computeIfAbsent(
                reference,
                r -> {
                    PreparedStep of = Objects.requireNonNull(steps.get(r.step()), r.step());
                    return new Lookup(this, of, r.by(), target, keys);
                });
    }

    /// Forgets what was found in a transaction that was undone.
    void forget() {
        age++;
    }

    /// Changes whenever something is forgotten.
    long age() {
        return age;
    }

    /// A target key as its column's kind.
    static Object id(PreparedStep of, String key) {
        TargetColumn column = of.fields().get(of.id()).target;
        return column.kind() == Kind.INTEGER ? (Object) Long.valueOf(key) : key;
    }
}
