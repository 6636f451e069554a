package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.ledger.MatchKey;
import dev.slipway.backend.migration.ledger.MatchKeys;
import dev.slipway.backend.migration.plan.ColumnType;
import dev.slipway.backend.migration.target.Kind;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.target.TargetColumn;

import java.lang.ref.WeakReference;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
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

        /// Where the keys lead that the copy itself wrote, by step and match key.
        private final Map<String, Numbers> written = new HashMap<>();

        private synchronized void wrote(String key, List<MatchKey> keys, String name) {
            Numbers numbers = written.computeIfAbsent(key, _ -> new Numbers());
            for (MatchKey each : keys) {
                long natural = Numbers.number(each.natural());
                long target = Numbers.number(each.target());
                if (natural >= 0 && target >= 0 && each.name().equals(name)) {
                    numbers.keep(natural, target);
                }
            }
        }

        private synchronized void find(
                String key, Collection<String> wanted, Map<String, Object> found) {
            Numbers numbers = written.get(key);
            if (numbers == null) {
                return;
            }
            for (String natural : wanted) {
                long number = Numbers.number(natural);
                Object id = number < 0 ? null : numbers.find(number);
                if (id != null) {
                    found.put(natural, id);
                }
            }
        }

        private synchronized long age() {
            return age;
        }

        private synchronized void forget() {
            age++;
            written.clear();
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

    /// Remembers where the natural keys lead of rows that were just committed, as far as no other
    /// row can have the same ones: those that are the source's key.
    void wrote(PreparedStep step, List<MatchKey> keys) {
        for (NaturalKey natural : step.naturalKeys()) {
            String name = natural.match().name();
            if (step.reading().numbered()
                    && natural.match().columns().equals(step.reading().key())
                    && step.id() >= 0
                    && step.fields().get(step.id()).target.kind() == Kind.INTEGER) {
                memory.wrote(named(step, name), keys, name);
            }
        }
    }

    /// The target keys of those natural keys that are remembered so.
    Map<String, Object> written(PreparedStep of, String by, Collection<String> wanted) {
        Map<String, Object> found = new HashMap<>();
        memory.find(named(of, by), wanted, found);
        return found;
    }

    private static String named(PreparedStep step, String match) {
        return step.step().name() + '\n' + match;
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
