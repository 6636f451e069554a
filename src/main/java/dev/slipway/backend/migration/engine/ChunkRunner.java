package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.ledger.Chunks;
import dev.slipway.backend.migration.ledger.Counts;
import dev.slipway.backend.migration.ledger.Keys;
import dev.slipway.backend.migration.ledger.Lease;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.MatchKeys;
import dev.slipway.backend.migration.ledger.Quarantine;
import dev.slipway.backend.migration.source.KeyRange;
import dev.slipway.backend.migration.source.Source;
import dev.slipway.backend.migration.target.Target;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Moves one chunk: one short read, one target transaction with the ledger's row in it.
final class ChunkRunner {
    private static final double NANOS = 1e9;
    private final Source source;
    private final Target target;
    private final Ledger ledger;
    private final Chunks chunks;
    private final MatchKeys matchKeys;
    private final Quarantine quarantine;
    private final Lookups lookups;
    private final Listener listener;

    ChunkRunner(
            Source source,
            Target target,
            Ledger ledger,
            Chunks chunks,
            Lookups lookups,
            Listener listener) {
        this.source = source;
        this.target = target;
        this.ledger = ledger;
        this.chunks = chunks;
        this.matchKeys = new MatchKeys(ledger);
        this.quarantine = new Quarantine(ledger);
        this.lookups = lookups;
        this.listener = listener;
    }

    /// @return the chunk as it now stands, or empty if another worker ended it
    Optional<Chunks.Done> run(PreparedStep step, Lease lease) throws SQLException {
        long begun = System.nanoTime();
        int limit = step.limit();
        List<@Nullable String[]> rows = source.read(step.reading(), lease.range(), limit + 1);
        boolean more = rows.size() > limit;
        if (more) {
            rows = rows.subList(0, limit);
        }
        Map<String, String> refused = new HashMap<>();
        try {
            while (true) {
                ChunkRows result = map(step, lease, rows, refused);
                if (write(step, result, refused)) {
                    return end(step, lease, rows, more, result, begun);
                }
                target.connection().rollback();
                lookups.forget();
            }
        } catch (SQLException | RuntimeException e) {
            target.connection().rollback();
            lookups.forget();
            throw e;
        }
    }

    private ChunkRows map(
            PreparedStep step,
            Lease lease,
            List<@Nullable String[]> rows,
            Map<String, String> refused)
            throws SQLException {
        boolean generates = step.step().ordered();
        long firstId = generates ? ledger.take(lease.runId(), lease.step(), 0) : 0;
        var mapper = new ChunkMapper(step, lookups, matchKeys, lease, refused);
        ChunkRows result = mapper.map(rows, firstId);
        if (generates && result.generated > 0) {
            ledger.take(lease.runId(), lease.step(), result.generated);
        }
        return result;
    }

    /// Writes the rows.
    ///
    /// @return false if the target refused some, which are then known
    private boolean write(PreparedStep step, ChunkRows result, Map<String, String> refused)
            throws SQLException {
        int before = refused.size();
        insert(step, result.written, refused);
        return refused.size() == before;
    }

    /// Halves what is refused until the rows that cause it stand alone.
    private void insert(PreparedStep step, List<ChunkRows.Out> rows, Map<String, String> refused)
            throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        var savepoint = target.connection().setSavepoint();
        try {
            target.insert(
                    step.table(),
                    step.columns(),
                    rows.stream().map(ChunkRows.Out::values).toList());
            target.connection().releaseSavepoint(savepoint);
        } catch (SQLException e) {
            if (!target.refusesRow(e)) {
                throw e;
            }
            target.connection().rollback(savepoint);
            if (rows.size() == 1) {
                String key = Keys.shown(step.key(rows.getFirst().source()));
                refused.put(key, Reasons.of(e));
            } else {
                int half = rows.size() / 2;
                insert(step, rows.subList(0, half), refused);
                insert(step, rows.subList(half, rows.size()), refused);
            }
        }
    }

    private Optional<Chunks.Done> end(
            PreparedStep step,
            Lease lease,
            List<@Nullable String[]> rows,
            boolean more,
            ChunkRows result,
            long begun)
            throws SQLException {
        Counts counts = result.counts();
        if (!counts.conserved() || counts.read() != rows.size()) {
            throw new IllegalStateException(
                    "step %s, chunk %d: rows are unaccounted for: %s"
                            .formatted(lease.step(), lease.number(), counts));
        }
        matchKeys.add(lease.step(), result.keys);
        quarantine.add(result.quarantined);
        List<String> first = rows.isEmpty() ? List.of() : step.key(rows.getFirst());
        KeyRange range = lease.range();
        if (more) {
            List<String> last = step.key(rows.getLast());
            range = new KeyRange(range.after(), last);
            var rest = new KeyRange(last, lease.range().to());
            chunks.plan(
                    lease.runId(), lease.step(), chunks.next(lease.runId(), lease.step()), rest);
        }
        double seconds = (System.nanoTime() - begun) / NANOS;
        ledger.spent(lease.runId(), lease.step(), seconds);
        if (!chunks.end(lease, range, first, counts, seconds)) {
            target.connection().rollback();
            lookups.forget();
            return Optional.empty();
        }
        target.connection().commit();
        if (!result.quarantined.isEmpty()) {
            listener.quarantined(result.quarantined);
        }
        return Optional.of(new Chunks.Done(lease.number(), range, first, seconds, counts));
    }
}
