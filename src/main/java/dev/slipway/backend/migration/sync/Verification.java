package dev.slipway.backend.migration.sync;

import dev.slipway.backend.migration.source.KeyRange;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Compares what stands with what the source's rows become, a range of keys at a time, one step
/// after another. Everything is brought over once more in a transaction that is undone: nothing may
/// be found to do.
final class Verification {
    static final int ROWS = 500;

    private final List<StepSync> steps;
    private final Map<String, List<String>> reached = new HashMap<>();
    private final Set<String> done = new HashSet<>();
    private Iterator<StepSync> turn;
    private @Nullable StepSync last;
    private boolean again;
    private List<String> end = List.of();

    Verification(List<StepSync> steps) {
        this.steps = steps;
        this.turn = steps.iterator();
    }

    /// The step whose turn it is.
    StepSync next() {
        if (again && last != null) {
            again = false;
            return last;
        }
        if (!turn.hasNext()) {
            turn = steps.iterator();
        }
        last = turn.next();
        return last;
    }

    /// Keeps the turn with the step that has it.
    void again() {
        again = true;
    }

    /// What is not as it must be in the step's next range. The caller undoes the transaction.
    List<String> differences(StepSync step, Batch batch) throws SQLException {
        List<String> after = reached.getOrDefault(step.name, List.of());
        var reading = step.step.reading();
        var range = new KeyRange(after, List.of());
        List<@Nullable String[]> rows = step.source.read(reading, range, ROWS);
        if (!rows.isEmpty()) {
            @Nullable String @Nullable [] before =
                    step.repeats()
                            ? step.source.previous(reading, step.step.key(rows.getFirst()))
                            : null;
            batch.apply(step, new Units.Page(rows, before));
        }
        extra(step, after, rows, batch);
        end = rows.size() < ROWS ? List.of() : step.step.key(rows.getLast());
        return batch.touched();
    }

    /// The range that was compared is as it must be: goes on to the next; after the last, to the
    /// first.
    ///
    /// @return whether with it every row of every step was compared
    boolean passed(StepSync step) {
        reached.put(step.name, end);
        if (end.isEmpty()) {
            done.add(step.name);
        }
        boolean all = done.size() == steps.size();
        if (all) {
            done.clear();
        }
        return all;
    }

    /// Rows of the range that the target holds and the source does not.
    private static void extra(
            StepSync step, List<String> after, List<@Nullable String[]> rows, Batch batch)
            throws SQLException {
        if (!step.keysTell()) {
            return;
        }
        long last = rows.size() < ROWS ? Long.MAX_VALUE : number(step.step.key(rows.getLast()));
        var there = new HashSet<String>();
        rows.forEach(row -> there.add(step.step.key(row).getFirst()));
        List<List<String>> gone = new ArrayList<>();
        for (String key : step.rows.page(after.isEmpty() ? "" : after.getFirst(), 2 * ROWS)) {
            if (number(List.of(key)) <= last && !there.contains(key)) {
                gone.add(List.of(key));
            }
        }
        batch.want(step.name, gone);
        batch.run();
    }

    private static long number(List<String> key) {
        return key.getFirst().matches("-?\\d{1,18}") ? Long.parseLong(key.getFirst()) : 0;
    }
}
