package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.QuarantineState;
import dev.slipway.backend.migration.ledger.Chunks;
import dev.slipway.backend.migration.ledger.Corrections;
import dev.slipway.backend.migration.ledger.Keys;
import dev.slipway.backend.migration.ledger.LedgerRun;
import dev.slipway.backend.migration.ledger.MatchKey;
import dev.slipway.backend.migration.ledger.RunPlans;
import dev.slipway.backend.migration.ledger.Validations;
import dev.slipway.backend.migration.plan.Difference;
import dev.slipway.backend.migration.plan.MigrationPlan;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// Whether a run may go by another plan from now on: only if every row that stands in the target
/// would become the same by it. What can't be told by looking at both plans is tried with every row
/// of the source.
public final class PlanChange {
    private static final int SHOWN = 5;
    private static final int CHUNKS_AT_ONCE = 100;

    private final String runId;
    private final MigrationPlan plan;
    private final Map<String, PreparedStep> steps;
    private final Hand hand;
    private final Reader reader;
    private final Preparer preparer;

    /// Reads the text of a plan.
    @FunctionalInterface
    public interface Reader {
        MigrationPlan read(String yaml);
    }

    /// Brings a plan together with its databases.
    @FunctionalInterface
    interface Preparer {
        Map<String, PreparedStep> prepare(MigrationPlan plan) throws SQLException;
    }

    PlanChange(
            String runId,
            MigrationPlan plan,
            Map<String, PreparedStep> steps,
            Hand hand,
            Reader reader,
            Preparer preparer) {
        this.runId = runId;
        this.plan = plan;
        this.steps = steps;
        this.hand = hand;
        this.reader = reader;
        this.preparer = preparer;
    }

    /// @throws Stopped naming everything that forbids it; nothing was changed then
    void check(LedgerRun run) throws SQLException, Stopped {
        MigrationPlan before = before(run);
        var difference = Difference.of(before, plan);
        List<String> wrong = new ArrayList<>(difference.forbidden());
        if (wrong.isEmpty() && !difference.columns().isEmpty()) {
            Map<String, PreparedStep> old = preparer.prepare(before);
            for (String step : difference.columns()) {
                compare(
                        Objects.requireNonNull(old.get(step)),
                        Objects.requireNonNull(steps.get(step)),
                        wrong);
            }
        }
        hand.target.connection().rollback();
        hand.lookups.forget();
        if (!wrong.isEmpty()) {
            throw new Stopped(
                    "the changed plan would change what run "
                            + runId
                            + " wrote; nothing was changed. "
                            + String.join("; ", wrong));
        }
    }

    private MigrationPlan before(LedgerRun run) throws SQLException, Stopped {
        String yaml = new RunPlans(hand.ledger).text(run.id());
        if (yaml == null) {
            throw new Stopped(
                    "the plan was changed since run "
                            + run.id()
                            + ", which did not keep it; nothing was changed. Put the old plan back,"
                            + " run 'slipway migrate' with it once, and replay again");
        }
        return reader.read(yaml);
    }

    /// Lets the run go by the plan. What was checked of the steps that it changes is to be checked
    /// again.
    void make(LedgerRun run, String by) throws SQLException, Stopped {
        MigrationPlan before = before(run);
        boolean changed =
                new RunPlans(hand.ledger).change(runId, run.hash(), plan.hash(), plan.yaml(), by);
        if (!changed) {
            hand.target.connection().rollback();
            throw new Stopped(
                    "someone else changed the plan of run " + runId + "; nothing was changed");
        }
        var validations = new Validations(hand.ledger);
        validations.forget(runId, "");
        for (String step : Difference.of(before, plan).columns()) {
            validations.forget(runId, step);
        }
        hand.target.connection().commit();
    }

    /// Maps every row of a step by both plans.
    private void compare(PreparedStep old, PreparedStep now, List<String> wrong)
            throws SQLException {
        String name = now.step().name();
        var corrections = Corrections.resolved(hand.ledger, runId, name);
        int from = 1;
        int stop = wrong.size() + SHOWN;
        while (wrong.size() < stop) {
            List<Chunks.Done> some = hand.chunks.done(runId, name, from, CHUNKS_AT_ONCE);
            for (Chunks.Done chunk : some) {
                compare(old, now, chunk, corrections, wrong, stop);
                from = chunk.number() + 1;
            }
            if (some.size() < CHUNKS_AT_ONCE) {
                return;
            }
        }
    }

    private void compare(
            PreparedStep old,
            PreparedStep now,
            Chunks.Done chunk,
            Corrections corrections,
            List<String> wrong,
            int stop)
            throws SQLException {
        var before = new Mapping(old, chunk, corrections);
        var after = new Mapping(now, chunk, corrections);
        Set<String> out = out(now.step().name(), chunk.number());
        for (String key : after.rows.keySet()) {
            if (wrong.size() < stop && before.rows.containsKey(key) && !out.contains(key)) {
                String difference = difference(now, before.of(key), after.of(key));
                if (!difference.isEmpty()) {
                    wrong.add("step %s, row %s: %s".formatted(now.step().name(), key, difference));
                }
            }
        }
    }

    /// What a row is by one plan.
    ///
    /// @param why it is not written, or null if it is
    private record Became(@Nullable Object[] values, @Nullable String why) {}

    private static String difference(PreparedStep step, Became before, Became after) {
        if (before.why() != null || after.why() != null) {
            boolean same = before.why() != null && after.why() != null;
            return same
                    ? ""
                    : after.why() != null
                            ? "stands in the target, but would be " + after.why()
                            : "was " + before.why() + ", but would be written";
        }
        for (int i = 0; i < before.values().length; i++) {
            if (!Objects.deepEquals(before.values()[i], after.values()[i])) {
                return "column %s is %s, but would be %s"
                        .formatted(
                                step.columns().get(i).name(),
                                before.values()[i],
                                after.values()[i]);
            }
        }
        return "";
    }

    /// The keys of a chunk's rows that do not stand in the target.
    private Set<String> out(String step, int chunk) throws SQLException {
        Set<String> keys = new HashSet<>();
        String sql =
                "SELECT row_key FROM "
                        + hand.target.ledger("quarantine")
                        + " WHERE run_id = ? AND step = ? AND chunk = ? AND state <> '"
                        + QuarantineState.RESOLVED
                        + "'";
        try (var statement = hand.target.connection().prepareStatement(sql)) {
            statement.setString(1, runId);
            statement.setString(2, step);
            statement.setInt(3, chunk);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    keys.add(row.getString(1));
                }
            }
        }
        return keys;
    }

    /// A chunk's rows by one plan.
    private final class Mapping {
        private final PreparedStep step;
        private final RowMapper mapper;
        private final List<@Nullable String[]> all = new ArrayList<>();
        final Map<String, Integer> rows = new HashMap<>();
        private final Set<String> merged = new HashSet<>();

        Mapping(PreparedStep step, Chunks.Done chunk, Corrections corrections) throws SQLException {
            this.step = step;
            this.mapper = new RowMapper(step, hand.lookups);
            @Nullable String[] last = null;
            for (@Nullable String[] row :
                    hand.source.read(step.reading(), chunk.range(), Integer.MAX_VALUE)) {
                String key = Keys.shown(step.key(row));
                if (last != null && step.repeats(row, last)) {
                    merged.add(key);
                }
                last = row;
                rows.put(key, all.size());
                all.add(corrections.over(key, step.reading(), row));
            }
            mapper.over(all);
            merges();
        }

        /// Rows that another one stands for, and that do not change it.
        private void merges() throws SQLException {
            NaturalKey merge = step.merge();
            if (merge == null || step.amends()) {
                return;
            }
            Map<String, String> naturals = new HashMap<>();
            rows.forEach(
                    (key, at) -> {
                        String natural = merge.of(all.get(at));
                        if (natural != null) {
                            naturals.put(key, natural);
                        }
                    });
            Map<String, MatchKey> origins =
                    hand.matchKeys.find(
                            step.step().name(),
                            merge.match().name(),
                            new HashSet<>(naturals.values()));
            naturals.forEach(
                    (key, natural) -> {
                        MatchKey origin = origins.get(natural);
                        if (origin != null && !origin.origin().equals(key)) {
                            merged.add(key);
                        }
                    });
        }

        Became of(String key) {
            int at = Objects.requireNonNull(rows.get(key));
            @Nullable String[] row = all.get(at);
            if (mapper.skips(row)) {
                return new Became(new @Nullable Object[0], "left out");
            }
            if (merged.contains(key)) {
                return new Became(new @Nullable Object[0], "merged");
            }
            Mapped mapped = mapper.map(at, row, 0);
            Refusal refusal = mapped.refusal();
            String why =
                    refusal == null
                            ? null
                            : "refused: %s %s".formatted(refusal.column(), refusal.reason());
            return new Became(mapped.values(), why);
        }
    }
}
