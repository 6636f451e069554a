package dev.slipway.backend.migration.validation;

import dev.slipway.backend.migration.ledger.Chunks;
import dev.slipway.backend.migration.ledger.LedgerStep;
import dev.slipway.backend.migration.source.Added;
import dev.slipway.backend.migration.source.KeyRange;
import dev.slipway.backend.migration.source.Reading;
import dev.slipway.backend.migration.source.Sought;
import dev.slipway.backend.migration.source.Source;

import org.jspecify.annotations.Nullable;

import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/// What the source adds up itself, asked in many short reads: one long one would keep a table
/// locked, or a server busy, for as long as it lasts.
///
/// The ranges touch each other whatever the chunks say: of these only the places are taken where to
/// cut, so a row that no chunk holds is counted all the same.
final class ShortReads {
    private static final int CHUNKS_AT_ONCE = 1_000;
    private static final String WHOLE = "-?\\d{1,20}";
    private final String runId;
    private final Source source;
    private final Chunks chunks;

    ShortReads(String runId, Source source, Chunks chunks) {
        this.runId = runId;
        this.source = source;
        this.chunks = chunks;
    }

    /// How many rows there are up to the largest key of the run's begin.
    long count(StepView step, LedgerStep known) throws SQLException {
        long rows = 0;
        for (KeyRange range : ranges(step, known)) {
            rows += source.count(step.reading(), range);
        }
        return rows;
    }

    /// The keys of a range, where one column is the key.
    List<String> keys(StepView step, KeyRange range) throws SQLException {
        Reading all = step.reading();
        String key = all.key().getFirst();
        var only = new Reading(all.query(), List.of(all.columns().get(all.index(key))), all.key());
        return source.read(only, range, Integer.MAX_VALUE).stream()
                .map(row -> only.keyOf(row).getFirst())
                .toList();
    }

    /// Rows by their keys.
    List<@Nullable String[]> rows(StepView step, List<List<String>> keys) throws SQLException {
        return keys.isEmpty() ? List.of() : source.rows(step.reading(), keys);
    }

    /// Their totals.
    Added add(StepView step, LedgerStep known, Sought sought) throws SQLException {
        var added = new Added();
        for (KeyRange range : ranges(step, known)) {
            source.add(step.reading(), range, sought, added);
        }
        return added;
    }

    /// Only numbers are cut: in which order a source holds texts is its own affair.
    List<KeyRange> ranges(StepView step, LedgerStep known) throws SQLException {
        List<KeyRange> ranges = new ArrayList<>();
        List<String> after = List.of();
        if (step.integerKey() && known.high().getFirst().matches(WHOLE)) {
            var high = new BigInteger(known.high().getFirst());
            for (BigInteger cut : cuts(step).headSet(high)) {
                List<String> to = List.of(cut.toString());
                ranges.add(new KeyRange(after, to));
                after = to;
            }
        }
        ranges.add(new KeyRange(after, known.high()));
        return ranges;
    }

    private TreeSet<BigInteger> cuts(StepView step) throws SQLException {
        var cuts = new TreeSet<BigInteger>();
        for (int from = 1; ; ) {
            List<Chunks.Done> some = chunks.done(runId, step.name(), from, CHUNKS_AT_ONCE);
            for (Chunks.Done chunk : some) {
                if (!chunk.range().to().isEmpty() && chunk.range().to().getFirst().matches(WHOLE)) {
                    cuts.add(new BigInteger(chunk.range().to().getFirst()));
                }
            }
            if (some.size() < CHUNKS_AT_ONCE) {
                return cuts;
            }
            from = some.getLast().number() + 1;
        }
    }
}
