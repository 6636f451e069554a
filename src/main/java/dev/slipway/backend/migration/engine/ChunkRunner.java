package dev.slipway.backend.migration.engine;

import dev.slipway.api.migration.Quarantined;
import dev.slipway.backend.migration.ledger.Chunks;
import dev.slipway.backend.migration.ledger.Counts;
import dev.slipway.backend.migration.ledger.Lease;
import dev.slipway.backend.migration.ledger.LongestReads;
import dev.slipway.backend.migration.ledger.Quarantine;
import dev.slipway.backend.migration.ledger.Remarks;
import dev.slipway.backend.migration.source.KeyRange;
import dev.slipway.backend.migration.source.OrderedRows;
import dev.slipway.backend.migration.target.Target;
import dev.slipway.backend.migration.throttle.Bite;

import org.jspecify.annotations.Nullable;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Moves chunks of one step with one hand: one short read, one target transaction with the ledger's
/// row in it.
final class ChunkRunner implements AutoCloseable {
    private static final double NANOS = 1e9;
    private static final long NANOS_PER_MILLI = 1_000_000;
    private final PreparedStep step;
    private final Hand hand;
    private final Target target;
    private final ChunkMapper mapper;
    private final Passage passage;
    private final Bite bite;
    private final Inserts inserts;
    private final OrderedRows source;

    ChunkRunner(PreparedStep step, Hand hand, Passage passage, Bite bite) {
        this.passage = passage;
        this.bite = bite;
        this.step = step;
        this.hand = hand;
        this.target = hand.target;
        this.mapper = new ChunkMapper(step, hand, true);
        this.inserts = new Inserts(step, hand.target);
        this.source = new OrderedRows(hand.source);
    }

    /// What a chunk came to.
    ///
    /// @param readNanos how long its read took
    record Ended(Chunks.Done chunk, List<Quarantined> quarantined, long readNanos) {}

    /// @return the chunk as it now stands, or empty if another worker ended it
    Optional<Ended> run(Lease lease) throws SQLException {
        long begun = System.nanoTime();
        int limit = limit();
        List<@Nullable String[]> rows = source.read(step.reading(), lease.range(), limit + 1);
        long readNanos = System.nanoTime() - begun;
        if (!step.reading().scanned()) {
            bite.took(rows.size(), readNanos);
        }
        passage.read(rows.size());
        boolean more = rows.size() > limit;
        if (more) {
            rows = rows.subList(0, limit);
        }
        Map<String, String> refused = new HashMap<>();
        try {
            while (true) {
                ChunkRows result = map(lease, rows, refused);
                if (write(result, refused)) {
                    return end(lease, rows, more, result, begun, readNanos);
                }
                target.connection().rollback();
                hand.lookups.forget();
            }
        } catch (SQLException | RuntimeException e) {
            target.undo(e);
            hand.lookups.forget();
            throw e;
        }
    }

    /// Rows that a planned range holds by chance beyond its measure are no reason to cut it.
    private int limit() {
        int planned = step.step().chunkRows();
        int wanted = passage.chunkRows(planned);
        int most = wanted < planned ? wanted : step.limit();
        return bite.rows(most);
    }

    private ChunkRows map(Lease lease, List<@Nullable String[]> rows, Map<String, String> refused)
            throws SQLException {
        boolean generates = step.step().ordered();
        long firstId = generates ? hand.ledger.take(lease.runId(), lease.step(), 0) : 0;
        ChunkRows result = mapper.map(rows, before(lease), refused, firstId);
        if (generates && result.generated > 0) {
            hand.ledger.take(lease.runId(), lease.step(), result.generated);
        }
        return result;
    }

    /// The row before the chunk's first, where that matters.
    private @Nullable String @Nullable [] before(Lease lease) throws SQLException {
        return step.repeats() && !lease.range().after().isEmpty()
                ? source.last(step.reading(), lease.range().after())
                : null;
    }

    /// Writes the rows.
    ///
    /// @return false if the target refused some, which are then known
    private boolean write(ChunkRows result, Map<String, String> refused) throws SQLException {
        int before = refused.size();
        inserts.insert(result, refused);
        return refused.size() == before;
    }

    private Optional<Ended> end(
            Lease lease,
            List<@Nullable String[]> rows,
            boolean more,
            ChunkRows result,
            long begun,
            long readNanos)
            throws SQLException {
        Counts counts = result.counts(result.amendments.write(step, target));
        if (!counts.conserved() || counts.read() != rows.size()) {
            throw new IllegalStateException(
                    "step %s, chunk %d: rows are unaccounted for: %s"
                            .formatted(lease.step(), lease.number(), counts));
        }
        if (step.ranged()) {
            hand.matchKeys.addLeast(lease.step(), result.keys);
        } else {
            hand.matchKeys.add(lease.step(), result.keys);
        }
        List<Quarantined> quarantined = new RawRows(step, hand.source).of(lease, result.refused);
        new Quarantine(hand.ledger).add(quarantined);
        new Remarks(hand.ledger).add(lease, result.remarks);
        List<String> first = rows.isEmpty() ? List.of() : step.key(rows.getFirst());
        double seconds = (System.nanoTime() - begun) / NANOS;
        // holds the step's row, so that two hands that cut do not number their rests alike
        hand.ledger.spent(lease.runId(), lease.step(), seconds);
        new LongestReads(hand.ledger).chunk(lease.runId(), lease.step(), millis(readNanos));
        KeyRange range = more ? cut(lease, step.key(rows.getLast())) : lease.range();
        if (!hand.chunks.end(lease, range, first, counts, seconds)) {
            target.connection().rollback();
            hand.lookups.forget();
            return Optional.empty();
        }
        target.connection().commit();
        hand.lookups.wrote(step, result.keys);
        var done = new Chunks.Done(lease.number(), range, first, seconds, counts);
        return Optional.of(new Ended(done, quarantined, readNanos));
    }

    private static long millis(long nanos) {
        return Math.ceilDiv(nanos, NANOS_PER_MILLI);
    }

    /// Leaves the rows after a key to a chunk of their own.
    private KeyRange cut(Lease lease, List<String> last) throws SQLException {
        int number = hand.chunks.next(lease.runId(), lease.step());
        var rest = new KeyRange(last, lease.range().to());
        hand.chunks.plan(lease.runId(), lease.step(), number, rest);
        return new KeyRange(lease.range().after(), last);
    }

    @Override
    public void close() throws SQLException {
        source.close();
    }
}
