package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.ledger.MatchKeys;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.target.Kind;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.TargetColumn;

import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/// A hand's ways to find other steps' rows by natural key.
final class Lookups {
    private final Target target;
    private final MatchKeys keys;
    private final Map<String, PreparedStep> steps;
    private final Map<ColumnType.Reference, Lookup> lookups = new HashMap<>();
    private final Memory memory;

    Lookups(Target target, MatchKeys keys, Map<String, PreparedStep> steps) {
        this(target, keys, steps, new Memory());
    }

    private Lookups(Target target, MatchKeys keys, Map<String, PreparedStep> steps, Memory memory) {
        this.target = target;
        this.keys = keys;
        this.steps = steps;
        this.memory = memory;
    }

    /// The same ways for another hand, which remembers what this one found.
    Lookups beside(Target other, MatchKeys otherKeys) {
        return new Lookups(other, otherKeys, steps, memory);
    }

    /// What the hands of a run found, for as long as someone looks it up by a column.
    private static final class Memory {
        private final Map<Field, WeakReference<Remembered>> columns = new HashMap<>();
        private long age;

        private synchronized Remembered of(Field field) {
            var known = columns.get(field);
            Remembered remembered = known == null ? null : known.get();
            if (remembered == null) {
                remembered = new Remembered(field.from);
                columns.put(field, new WeakReference<>(remembered));
            }
            return remembered;
        }

        private synchronized long age() {
            return age;
        }

        private synchronized void forget() {
            age++;
        }
    }

    /// What is remembered of a column's texts.
    Remembered remembered(Field field) {
        return memory.of(field);
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
        memory.forget();
    }

    /// Changes whenever something is forgotten.
    long age() {
        return memory.age();
    }

    /// A target key as its column's kind.
    static Object id(PreparedStep of, String key) {
        TargetColumn column = of.fields().get(of.id()).target;
        return column.kind() == Kind.INTEGER ? (Object) Long.valueOf(key) : key;
    }
}
