package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.StepProgress;
import dev.slipway.api.migration.StepState;
import dev.slipway.backend.migration.ledger.Chunks;
import dev.slipway.backend.migration.ledger.Counts;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.LedgerStep;
import dev.slipway.backend.migration.ledger.LongestReads;
import dev.slipway.backend.migration.ledger.LongestReads.Longest;
import dev.slipway.backend.migration.ledger.StepTotals;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// How far each step is. Within a step that runs it counts along; else it asks the ledger.
final class Progress {
    private static final Set<StepState> OPEN = EnumSet.of(StepState.WAITING, StepState.RUNNING);
    private static final long NANOS_PER_MILLI = 1_000_000;
    private final String runId;
    private final Map<String, PreparedStep> steps;
    private final Ledger ledger;
    private final LongestReads longestReads;
    private final Chunks chunks;
    private final Listener listener;
    private final Map<String, StepState> states = new HashMap<>();
    private final Map<String, StepProgress> last = new HashMap<>();
    private Counts counts = Counts.NONE;

    Progress(
            String runId,
            Map<String, PreparedStep> steps,
            Ledger ledger,
            Chunks chunks,
            Listener listener) {
        this.runId = runId;
        this.steps = steps;
        this.ledger = ledger;
        this.longestReads = new LongestReads(ledger);
        this.chunks = chunks;
        this.listener = listener;
    }

    void tellAll() throws SQLException {
        all().forEach(listener::step);
    }

    void state(PreparedStep step, StepState state) throws SQLException {
        states.put(step.step().name(), state);
        tell(step);
    }

    /// A chunk of the running step came to stand.
    void chunk(PreparedStep step, ChunkRunner.Ended ended) {
        String name = step.step().name();
        Chunks.Done done = ended.chunk();
        if (!ended.quarantined().isEmpty()) {
            listener.quarantined(ended.quarantined());
        }
        counts = counts.plus(done.counts());
        listener.chunk(done.chunk(runId, name));
        StepProgress before = last.get(name);
        if (before != null) {
            int chunksDone = before.chunksDone() + 1;
            long millis = Math.ceilDiv(ended.readNanos(), NANOS_PER_MILLI);
            var now =
                    progress(
                            name,
                            StepState.RUNNING,
                            before.rows(),
                            counts,
                            chunksDone,
                            Math.max(before.chunks(), chunksDone),
                            before.seconds() + done.seconds(),
                            new Longest(
                                    Math.max(before.longestReadMillis(), millis),
                                    before.longestCheckMillis()));
            last.put(name, now);
            listener.step(now);
        }
    }

    /// A step was checked. The caller commits.
    void checked(PreparedStep step, long longestMillis) throws SQLException {
        longestReads.check(runId, step.step().name(), longestMillis);
    }

    List<StepProgress> all() throws SQLException {
        List<StepProgress> all = new ArrayList<>();
        for (PreparedStep step : steps.values()) {
            all.add(read(step));
        }
        return all;
    }

    private void tell(PreparedStep step) throws SQLException {
        StepProgress now = read(step);
        last.put(step.step().name(), now);
        listener.step(now);
    }

    private StepProgress read(PreparedStep step) throws SQLException {
        String name = step.step().name();
        LedgerStep known = ledger.step(runId, name).orElseThrow();
        StepTotals totals = chunks.totals(runId, name);
        Longest longest = longestReads.of(runId, name);
        ledger.commit();
        counts = totals.counts();
        StepState state = states.getOrDefault(name, StepState.WAITING);
        int guess = (int) Math.ceilDiv(known.rows(), step.step().chunkRows());
        int all = OPEN.contains(state) ? Math.max(totals.chunks(), guess) : totals.chunks();
        return progress(
                name,
                state,
                known.rows(),
                counts,
                totals.chunksDone(),
                all,
                known.seconds(),
                longest);
    }

    private static StepProgress progress(
            String name,
            StepState state,
            long rows,
            Counts counts,
            int chunksDone,
            int chunks,
            double seconds,
            Longest longest) {
        return new StepProgress(
                name,
                state,
                rows,
                counts.read(),
                counts.written(),
                counts.merged(),
                counts.quarantined(),
                counts.skipped(),
                chunksDone,
                chunks,
                chunksDone == 0 ? "" : Counts.checksum(counts.checksum()),
                seconds,
                longest.chunk(),
                longest.check());
    }
}
