package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.QuarantineState;
import dev.slipway.api.migration.Quarantined;
import dev.slipway.backend.migration.ledger.Corrections;
import dev.slipway.backend.migration.ledger.Counts;
import dev.slipway.backend.migration.ledger.Keys;
import dev.slipway.backend.migration.ledger.Quarantine;
import dev.slipway.backend.migration.ledger.QuarantineFilter;
import dev.slipway.backend.migration.ledger.Replays;
import dev.slipway.backend.migration.ledger.Resolutions;
import dev.slipway.backend.migration.ledger.Validations;
import dev.slipway.backend.migration.source.SourceColumn;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// Replays a step's open rows, some at a time: each time one target transaction with the rows, the
/// quarantine's and their chunks' counters in it, so that it happens exactly once whatever dies.
final class StepReplay {
    private static final int AT_ONCE = 200;
    private static final String UNKNOWN =
            "the source row is gone, and no column '%s' of it was kept";
    private final String runId;
    private final int number;
    private final String by;
    private final PreparedStep step;
    private final Hand hand;
    private final Passage passage;
    private final ChunkMapper mapper;
    private final Inserts inserts;
    private final Replays replays;
    private final Resolutions resolutions;

    /// @param number of the replay
    /// @param by who asked for it
    /// @param passage is told how many rows are read, and says how many at once
    StepReplay(String runId, int number, String by, PreparedStep step, Hand hand, Passage passage) {
        this.runId = runId;
        this.number = number;
        this.by = by;
        this.step = step;
        this.hand = hand;
        this.passage = passage;
        this.mapper = new ChunkMapper(step, hand, false);
        this.inserts = new Inserts(step, hand.target);
        this.replays = new Replays(hand.ledger);
        this.resolutions = new Resolutions(hand.ledger);
    }

    /// A row to be mapped once more.
    private record Row(Quarantine.Kept kept, @Nullable String[] raw) {}

    /// Does the next rows. The caller has passed to the source: nothing is waited for here.
    ///
    /// @param after the last one before them, or null for the beginning
    /// @return the last of them, or null if there were none
    @Nullable Quarantined next(QuarantineFilter which, @Nullable Quarantined after)
            throws SQLException {
        try {
            replays.hold(runId);
            List<Quarantine.Kept> some =
                    new Quarantine(hand.ledger)
                            .byChunk(
                                    runId,
                                    which.of(step.step().name()).in(QuarantineState.OPEN),
                                    after,
                                    passage.chunkRows(AT_ONCE));
            if (some.isEmpty()) {
                hand.target.connection().rollback();
                return null;
            }
            new Validations(hand.ledger).forget(runId, step.step().name());
            replay(some);
            hand.target.connection().commit();
            return some.getLast().row();
        } catch (SQLException | RuntimeException e) {
            hand.target.undo(e);
            hand.lookups.forget();
            throw e;
        }
    }

    private void replay(List<Quarantine.Kept> some) throws SQLException {
        Map<List<String>, @Nullable String[]> there = there(some);
        Map<Integer, List<Row>> byChunk = new TreeMap<>();
        passage.read(some.size());
        List<Quarantined> refused = new ArrayList<>();
        Counts counts = Counts.NONE;
        long gone = 0;
        for (Quarantine.Kept kept : some) {
            @Nullable String[] raw = there.get(key(kept));
            gone += raw == null ? 1 : 0;
            String unknown = raw == null ? unknown(kept) : null;
            if (unknown == null) {
                @Nullable String[] row = raw == null ? project(kept) : raw;
                @Nullable String[] counting =
                        Corrections.of(kept).over(kept.row().key(), step.reading(), row);
                byChunk.computeIfAbsent(kept.row().chunk(), _ -> new ArrayList<>())
                        .add(new Row(kept, counting));
            } else {
                refused.add(
                        again(
                                kept.row(),
                                new Refusal(
                                        false, "", "source", UNKNOWN.formatted(unknown), null)));
                counts = counts.plus(new Counts(1, 0, 0, 1, 0, 0));
            }
        }
        for (var chunk : byChunk.entrySet()) {
            counts = counts.plus(chunk(chunk.getKey(), chunk.getValue(), refused));
        }
        resolutions.refuse(refused);
        replays.add(runId, number, counts, gone, refused);
    }

    /// The rows as the source holds them now.
    private Map<List<String>, @Nullable String[]> there(List<Quarantine.Kept> some)
            throws SQLException {
        Map<List<String>, @Nullable String[]> there = new HashMap<>();
        for (@Nullable String[] row :
                hand.source.rows(step.reading(), some.stream().map(this::key).toList())) {
            there.put(step.key(row), row);
        }
        return there;
    }

    private List<String> key(Quarantine.Kept kept) {
        List<String> key = new ArrayList<>();
        for (String name : step.reading().key()) {
            String column = step.reading().columns().get(step.reading().index(name)).name();
            String part = kept.raw().get(column);
            key.add(part == null ? "" : part);
        }
        return key;
    }

    private @Nullable String unknown(Quarantine.Kept kept) {
        return step.reading().columns().stream()
                .map(SourceColumn::name)
                .filter(column -> !kept.raw().containsKey(column))
                .findFirst()
                .orElse(null);
    }

    private @Nullable String[] project(Quarantine.Kept kept) {
        @Nullable String[] row = new @Nullable String[step.reading().columns().size()];
        for (int i = 0; i < row.length; i++) {
            row[i] = kept.raw().get(step.reading().columns().get(i).name());
        }
        return row;
    }

    /// Rows of one chunk.
    ///
    /// @return what became of them
    private Counts chunk(int chunk, List<Row> rows, List<Quarantined> refused) throws SQLException {
        Map<String, String> byTarget = new HashMap<>();
        while (true) {
            var savepoint = hand.target.connection().setSavepoint();
            ChunkRows result = map(rows, byTarget);
            int before = byTarget.size();
            inserts.insert(result, byTarget);
            if (byTarget.size() == before) {
                hand.target.connection().releaseSavepoint(savepoint);
                return end(chunk, rows, result, refused);
            }
            hand.target.connection().rollback(savepoint);
            hand.lookups.forget();
        }
    }

    private ChunkRows map(List<Row> rows, Map<String, String> byTarget) throws SQLException {
        String name = step.step().name();
        boolean generates = step.step().ordered();
        long firstId = generates ? hand.ledger.take(runId, name, 0) : 0;
        ChunkRows result =
                mapper.map(rows.stream().map(Row::raw).toList(), null, byTarget, firstId);
        if (generates && result.generated > 0) {
            hand.ledger.take(runId, name, result.generated);
        }
        return result;
    }

    private Counts end(int chunk, List<Row> rows, ChunkRows result, List<Quarantined> refused)
            throws SQLException {
        Counts counts = result.counts(result.amendments.write(step, hand.target));
        if (!counts.conserved() || counts.read() != rows.size()) {
            throw new IllegalStateException(
                    "step %s, chunk %d: rows are unaccounted for: %s"
                            .formatted(step.step().name(), chunk, counts));
        }
        hand.matchKeys.add(step.step().name(), result.keys);
        note(rows, result, refused);
        long left = counts.written() + counts.merged() + counts.skipped();
        hand.chunks.change(
                runId,
                step.step().name(),
                chunk,
                new Counts(
                        0,
                        counts.written(),
                        counts.merged(),
                        -left,
                        counts.skipped(),
                        counts.checksum()));
        return counts;
    }

    private void note(List<Row> rows, ChunkRows result, List<Quarantined> refused)
            throws SQLException {
        Map<String, Quarantined> others = new LinkedHashMap<>();
        rows.forEach(row -> others.put(row.kept().row().key(), row.kept().row()));
        for (ChunkRows.Refused row : result.refused) {
            Quarantined known = others.remove(Keys.shown(step.key(row.source())));
            if (known == null) {
                throw new IllegalStateException("a row that was not replayed was refused");
            }
            refused.add(again(known, row.why()));
        }
        Set<String> written = new HashSet<>();
        result.written.forEach(row -> written.add(Keys.shown(step.key(row.source()))));
        List<Quarantined> stand = new ArrayList<>();
        others.values().removeIf(row -> written.contains(row.key()) && stand.add(row));
        resolutions.resolve(stand, by, "written");
        String how =
                result.skipped == 0
                        ? "merged"
                        : result.merged == 0 ? "left out by the plan" : "merged or left out";
        resolutions.resolve(List.copyOf(others.values()), by, how);
    }

    private static Quarantined again(Quarantined row, Refusal why) {
        return new Quarantined(
                row.runId(),
                row.step(),
                row.chunk(),
                row.key(),
                why.column(),
                why.rule(),
                why.reason(),
                why.value(),
                row.row());
    }
}
