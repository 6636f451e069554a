package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.ledger.Chunks;
import dev.slipway.backend.migration.ledger.Lease;
import dev.slipway.backend.migration.ledger.Ledger;
import dev.slipway.backend.migration.ledger.LedgerStep;
import dev.slipway.backend.migration.source.KeyRange;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Takes a step's chunks one after another until none is left.
final class StepRunner {
    private static final long OTHERS_AT_WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private final String runId;
    private final PreparedStep step;
    private final Ledger ledger;
    private final Chunks chunks;
    private final ChunkRunner runner;
    private final Progress progress;
    private final Control control;

    StepRunner(
            String runId,
            PreparedStep step,
            Ledger ledger,
            Chunks chunks,
            ChunkRunner runner,
            Progress progress,
            Control control) {
        this.runId = runId;
        this.step = step;
        this.ledger = ledger;
        this.chunks = chunks;
        this.runner = runner;
        this.progress = progress;
        this.control = control;
    }

    /// @return GO when all is copied, else why it stopped
    Control.Signal run() throws SQLException {
        String name = step.step().name();
        open(ledger.step(runId, name).orElseThrow());
        while (true) {
            Control.Signal signal = control.signal();
            if (signal != Control.Signal.GO) {
                return signal;
            }
            Optional<Lease> lease = chunks.lease(runId, name, step.step().ordered());
            if (lease.isPresent()) {
                runner.run(step, lease.get()).ifPresent(done -> progress.chunk(step, done));
            } else if (chunks.anyOpen(runId, name)) {
                // another worker has the rest; it may die
                LockSupport.parkNanos(OTHERS_AT_WORK_NANOS);
            } else {
                return Control.Signal.GO;
            }
        }
    }

    /// Plans the chunks, once.
    private void open(LedgerStep known) throws SQLException {
        if (known.opened() || !ledger.open(runId, known.name())) {
            ledger.commit();
            return;
        }
        if (known.rows() > 0) {
            int number = 1;
            for (KeyRange range : ranges(known)) {
                chunks.plan(runId, known.name(), number++, range);
            }
        }
        ledger.commit();
    }

    /// Ranges of equal width if the key is a number; else one range, cut as it is read.
    private List<KeyRange> ranges(LedgerStep known) {
        var all = new KeyRange(List.of(), known.high());
        if (!step.ranged()) {
            return List.of(all);
        }
        var low = new BigInteger(known.low().getFirst());
        var high = new BigInteger(known.high().getFirst());
        long wanted = Math.ceilDiv(known.rows(), step.step().chunkRows());
        BigInteger width =
                high.subtract(low).divide(BigInteger.valueOf(wanted)).add(BigInteger.ONE);
        List<KeyRange> ranges = new java.util.ArrayList<>();
        BigInteger after = low.subtract(BigInteger.ONE);
        while (after.compareTo(high) < 0) {
            BigInteger to = after.add(width).min(high);
            List<String> begin = ranges.isEmpty() ? List.of() : List.of(after.toString());
            ranges.add(new KeyRange(begin, List.of(to.toString())));
            after = to;
        }
        return ranges;
    }
}
