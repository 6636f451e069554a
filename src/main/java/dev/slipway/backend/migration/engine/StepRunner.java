package dev.slipway.backend.migration.engine;

import dev.slipway.backend.migration.ledger.Lease;
import dev.slipway.backend.migration.ledger.LedgerStep;
import dev.slipway.backend.migration.source.KeyRange;
import dev.slipway.backend.migration.throttle.Bite;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/// Has the hands take a step's chunks, one after another each, until none is left.
final class StepRunner {
    private static final long OTHERS_AT_WORK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
    private final String runId;
    private final PreparedStep step;
    private final Hands hands;
    private final Progress progress;
    private final Passage passage;
    private final Bite bite;

    StepRunner(
            String runId,
            PreparedStep step,
            Hands hands,
            Progress progress,
            Passage passage,
            Bite bite) {
        this.runId = runId;
        this.step = step;
        this.hands = hands;
        this.progress = progress;
        this.passage = passage;
        this.bite = bite;
    }

    /// @return GO when all is copied, else why it stopped
    Control.Signal run() throws SQLException {
        open(hands.first());
        var stopped = new java.util.concurrent.atomic.AtomicReference<>(Control.Signal.GO);
        hands.<ChunkRunner.Ended>each(
                step.step().ordered() || step.reading().scanned() ? 1 : hands.count(),
                (hand, told) -> {
                    Control.Signal signal = work(hand, told);
                    if (signal != Control.Signal.GO) {
                        stopped.set(signal);
                    }
                },
                ended -> progress.chunk(step, ended),
                passage::tell);
        return stopped.get();
    }

    private Control.Signal work(Hand hand, Hands.Told<ChunkRunner.Ended> told) throws SQLException {
        try (var runner = new ChunkRunner(step, hand, passage, bite)) {
            return work(runner, hand, told);
        }
    }

    private Control.Signal work(ChunkRunner runner, Hand hand, Hands.Told<ChunkRunner.Ended> told)
            throws SQLException {
        String name = step.step().name();
        while (!told.stopping()) {
            Control.Signal signal = passage.toChunk(told::stopping, hand.target);
            if (signal != Control.Signal.GO) {
                return signal;
            }
            if (told.stopping()) {
                break;
            }
            Optional<Lease> lease = hand.chunks.lease(runId, name, step.step().ordered());
            if (lease.isPresent()) {
                runner.run(lease.get()).ifPresent(told::tell);
            } else if (hand.chunks.anyOpen(runId, name)) {
                // another hand or worker has the rest; it may die
                LockSupport.parkNanos(OTHERS_AT_WORK_NANOS);
            } else {
                return Control.Signal.GO;
            }
        }
        return Control.Signal.GO;
    }

    /// Plans the chunks, once.
    private void open(Hand hand) throws SQLException {
        LedgerStep known = hand.ledger.step(runId, step.step().name()).orElseThrow();
        if (known.opened() || !hand.ledger.open(runId, known.name())) {
            hand.ledger.commit();
            return;
        }
        if (known.rows() > 0) {
            int number = 1;
            for (KeyRange range : ranges(known)) {
                hand.chunks.plan(runId, known.name(), number++, range);
            }
        }
        hand.ledger.commit();
    }

    /// A column that is declared a number may hold words.
    private static boolean whole(List<String> key) {
        return key.getFirst().matches("-?\\d{1,20}");
    }

    /// Ranges of equal width if the key is a number; else one range, cut as it is read.
    private List<KeyRange> ranges(LedgerStep known) {
        var all = new KeyRange(List.of(), known.high());
        if (!step.ranged() || !whole(known.low()) || !whole(known.high())) {
            return List.of(all);
        }
        var low = new BigInteger(known.low().getFirst());
        var high = new BigInteger(known.high().getFirst());
        long wanted = Math.ceilDiv(known.rows(), passage.chunkRows(step.step().chunkRows()));
        BigInteger width =
                high.subtract(low).divide(BigInteger.valueOf(wanted)).add(BigInteger.ONE);
        List<KeyRange> ranges = new ArrayList<>();
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
