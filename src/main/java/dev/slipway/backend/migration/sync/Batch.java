package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.engine.Mapping.Link;
import dev.slipway.backend.migration.engine.Mappings;
import dev.slipway.backend.migration.ledger.SyncProgress;
import dev.slipway.backend.migration.target.ForeignKey;
import dev.slipway.backend.migration.target.TargetColumn;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is brought over in one transaction of the target: changed rows step by step in the plan's
/// order, and with them the rows of other steps that hang on them.
final class Batch {
    private static final int AT_ONCE = 1_000;
    private static final int ROUNDS = 8;

    private final Map<String, StepSync> steps;
    private final Mappings mappings;
    private final Set<String> unread;
    private final Map<String, Set<List<String>>> pending = new LinkedHashMap<>();
    private final Set<String> retried = new HashSet<>();
    private final List<String> touched = new ArrayList<>();
    private long inserted;
    private long updated;
    private long removed;

    /// @param unread steps that are still to be read whole for the first time: what hangs on other
    ///   steps' rows is found then
    Batch(Map<String, StepSync> steps, Mappings mappings, Set<String> unread) {
        this.steps = steps;
        this.mappings = mappings;
        this.unread = unread;
    }

    /// How much was done so far.
    record Mark(long inserted, long updated, long removed, int touched) {
        long rows() {
            return inserted + updated + removed;
        }
    }

    Mark mark() {
        return new Mark(inserted, updated, removed, touched.size());
    }

    /// What was done since was undone.
    void undone(Mark mark) {
        inserted = mark.inserted();
        updated = mark.updated();
        removed = mark.removed();
        touched.subList(mark.touched(), touched.size()).clear();
        mappings.forget();
    }

    /// How many of the target's rows were written.
    SyncProgress.Rows rows() {
        return new SyncProgress.Rows(inserted, updated, removed);
    }

    /// What was touched, for a person.
    List<String> touched() {
        return List.copyOf(touched);
    }

    /// Asks for source rows of a step to be brought over.
    void want(String step, Collection<List<String>> keys) {
        if (!keys.isEmpty()) {
            pending.computeIfAbsent(step, _ -> new LinkedHashSet<>()).addAll(keys);
        }
    }

    /// Brings over a page of a step's rows, and then what hangs on it.
    void apply(StepSync step, Units.Page page) throws SQLException {
        mappings.forget();
        step.apply(page.rows().stream().map(step.step::key).toList(), page, this);
        run();
    }

    /// Brings over everything that was asked for.
    void run() throws SQLException {
        mappings.forget();
        for (int round = 0; round < ROUNDS && !pending.isEmpty(); round++) {
            for (StepSync step : steps.values()) {
                Set<List<String>> keys = pending.remove(step.name);
                if (keys != null && !unread.contains(step.name)) {
                    some(step, List.copyOf(keys));
                }
            }
            pending.keySet().removeAll(unread);
        }
        if (!pending.isEmpty()) {
            throw new IllegalStateException("rows hang on one another without end: " + pending);
        }
    }

    private void some(StepSync step, List<List<String>> keys) throws SQLException {
        for (int from = 0; from < keys.size(); from += AT_ONCE) {
            Mark before = mark();
            step.apply(keys.subList(from, Math.min(keys.size(), from + AT_ONCE)), null, this);
            if (mark().rows() > before.rows()) {
                mappings.forget();
            }
        }
    }

    /// Takes rows out of the target, before them those that refer to them. The latter are brought
    /// over again as they then must be.
    void takeOut(StepSync of, Collection<String> targets) throws SQLException {
        if (targets.isEmpty()) {
            return;
        }
        for (StepSync step : steps.values()) {
            for (TargetColumn column : leading(step, of)) {
                List<String> referring = step.rows.referring(column, targets);
                if (step.equals(of)) {
                    referring.removeAll(targets);
                }
                want(step.name, step.behind(referring));
                takeOut(step, referring);
            }
        }
        of.names.going(targets);
        of.rows.delete(targets);
        removed += targets.size();
        targets.forEach(key -> touched.add(of.step.table().name() + " " + key + " taken out"));
    }

    /// The columns of a step's table that hold keys of another one's.
    private static Set<TargetColumn> leading(StepSync step, StepSync to) {
        Set<TargetColumn> columns = new LinkedHashSet<>();
        for (Link link : step.mapping.links()) {
            if (link.step().equals(to.name) && !link.column().isEmpty()) {
                step.step.table().column(link.column()).ifPresent(columns::add);
            }
        }
        for (ForeignKey key : step.step.table().foreign()) {
            boolean toKey =
                    key.table().equals(to.step.table().name())
                            && key.references().equals(to.step.table().primary());
            if (toKey && key.columns().size() == 1) {
                step.step.table().column(key.columns().getFirst()).ifPresent(columns::add);
            }
        }
        return columns;
    }

    void wrote(String step, Writer.Written written) {
        inserted += written.inserted();
        updated += written.updated();
        if (written.inserted() + written.updated() > 0) {
            touched.add(
                    "%s: %d rows missing, %d rows different"
                            .formatted(step, written.inserted(), written.updated()));
        }
    }

    void quarantineChanged(String step) {
        touched.add(step + ": its quarantine differs");
    }

    /// Natural keys of a step lead elsewhere than before.
    ///
    /// @param before the target rows that they led to
    void renamed(StepSync of, String by, Collection<String> naturals, Collection<String> before)
            throws SQLException {
        for (StepSync step : steps.values()) {
            if (unread.contains(step.name)) {
                continue;
            }
            for (Link link : step.mapping.links()) {
                if (link.step().equals(of.name) && link.by().equals(by)) {
                    want(step.name, step.wanted.waiting(of.name, by, naturals));
                    TargetColumn column = step.step.table().column(link.column()).orElse(null);
                    if (column != null) {
                        want(step.name, step.behind(step.rows.referring(column, before)));
                    }
                }
            }
        }
    }

    /// Rows of a step came, went or changed: what the target refused because of them may now fit.
    void changed(StepSync of) throws SQLException {
        for (StepSync step : steps.values()) {
            boolean refers =
                    step.step.table().foreign().stream()
                            .anyMatch(key -> key.table().equals(of.step.table().name()));
            if ((step.equals(of) || refers)
                    && !unread.contains(step.name)
                    && retried.add(step.name)) {
                want(step.name, step.refusedByTarget());
            }
        }
    }
}
